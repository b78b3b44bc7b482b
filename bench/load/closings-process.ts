/** Closes sessions one by one through the operation, IN_FLIGHT at once, on the configured store. Sends closings per second. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openContext } from '../../packages/server/src/app/open-context.ts';
import { loadConfig } from '../../packages/server/src/config/config.ts';
import { closeSession } from '../../packages/server/src/sessions/close-session.ts';
import { newAccount, newSession } from '../server/records.ts';

const { COUNT = '10000', IN_FLIGHT = '32', ROUNDS = '3', ...env } = process.env;
const { context, close } = await openContext(loadConfig(env, { cwd: process.cwd() }));
const { ids, clock } = context;
const account = newAccount(ids.accountId(), 'bench@example.com', 'Bench', clock.now());
await context.transaction((tx) => tx.accounts.insert(account, account.login));
const rates: number[] = [];
for (let round = 0; round < Number(ROUNDS); round++) {
  const sessions = Array.from({ length: Number(COUNT) }, () => ids.sessionId());
  for (let at = 0; at < sessions.length; at += 500) {
    await context.transaction(async (tx) => {
      const now = clock.now();
      for (const id of sessions.slice(at, at + 500)) {
        await tx.sessions.insert(newSession(id, account.id, now, now + 3_600_000));
      }
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
process.send?.(rates);
