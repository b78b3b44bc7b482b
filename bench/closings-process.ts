/** Closes sessions one by one through the operation, many at a time, on the store of the settings. Sends closings per second. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openContext } from '../packages/server/src/app/open-context.ts';
import { loadConfig } from '../packages/server/src/config/config.ts';
import type { SessionId } from '../packages/server/src/kernel/ids.ts';
import { closeSession } from '../packages/server/src/sessions/close-session.ts';

const { COUNT = '10000', IN_FLIGHT = '32', ROUNDS = '3', ...env } = process.env;
const { context, close } = await openContext(loadConfig(env, { cwd: process.cwd() }));
const { ids, clock } = context;
const account = {
  id: ids.accountId(),
  login: 'bench@example.com',
  name: 'Bench',
  createTime: clock.now(),
  active: true,
  deleted: false,
  timeZone: 'UTC',
  language: 'en',
  theme: '',
  customHdr: {},
  customDat: {},
};
await context.transaction((tx) => tx.accounts.insert(account, account.login));
const rates: number[] = [];
for (let round = 0; round < Number(ROUNDS); round++) {
  const sessions = Array.from({ length: Number(COUNT) }, () => ids.sessionId());
  for (let at = 0; at < sessions.length; at += 500) {
    await context.transaction(async (tx) => {
      for (const id of sessions.slice(at, at + 500)) await tx.sessions.insert(newSession(id));
    });
  }
  await sleep(200);
  const since = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: Number(IN_FLIGHT) }, async () => {
      for (let n = next++; n < sessions.length; n = next++) {
        await closeSession(context, { sessionId: sessions[n]!, reason: 'closed' });
      }
    }),
  );
  rates.push((sessions.length * 1000) / (performance.now() - since));
  const { head } = await context.read.log.state();
  if (head !== (round + 1) * sessions.length) throw new Error(`${head} entries in the log`);
}
await close();
process.send?.(rates, () => process.exit(0));

function newSession(id: SessionId) {
  const now = clock.now();
  return {
    id,
    accountId: account.id,
    openTime: now,
    requestTime: now,
    expireTime: now + 3_600_000,
    address: '',
    client: '',
    platform: '',
    authTime: now,
    amr: ['pwd'],
    data: {},
  };
}
