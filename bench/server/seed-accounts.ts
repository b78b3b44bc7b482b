/**
 * Fills the store of a stopped server through its own ports: accounts with one password for all, ten live sessions each.
 * Sends what the load needs to sign in and to use the sessions.
 */
import { randomInt } from 'node:crypto';
import { openContext } from '../../packages/server/src/app/open-context.ts';
import { loadConfig } from '../../packages/server/src/config/config.ts';
import type { Role } from '../../packages/server/src/identity/roles/role.ts';
import { newAccount, newSession } from './records.ts';

export interface Seeded {
  cookies: string[];
  /** Of other live sessions, to be closed. */
  spare: string[];
  logins: string[];
  password: string;
}

const SESSIONS_EACH = 10;
const COOKIES = 2000;
const SPARE = 500;
const LOGINS = 2000;
const BATCH = 1000;
const password = 'correct horse battery staple';

const accountCount = Math.ceil(Number(process.env.SESSIONS) / SESSIONS_EACH);
const { context, close } = await openContext(loadConfig(process.env, { cwd: process.cwd() }));
const { ids, credentials, clock, hasher, policy } = context;
const now = clock.now();
const hash = await hasher.hash(password);
const logins: string[] = [];
const cookies: string[] = [];

for (let from = 0; from < accountCount; from += BATCH) {
  await context.transaction(async (tx) => {
    for (let n = from; n < Math.min(from + BATCH, accountCount); n++) {
      const id = ids.accountId();
      const login = `user${n}@example.com`;
      const account = newAccount(id, login, `User ${n}`, now);
      if (!(await tx.accounts.insert(account, login))) throw new Error('an account id or login came twice');
      await tx.passwords.insert({ accountId: id, hash, changeTime: now });
      await tx.roles.grant(id, ['member' as Role], now);
      logins.push(login);
      for (let k = 0; k < SESSIONS_EACH; k++) {
        const session = {
          ...newSession(ids.sessionId(), id, now, now + policy.sessionAbsolute),
          openTime: now - randomInt(3_600_000),
          address: `10.0.${randomInt(256)}.${randomInt(256)}`,
        };
        await tx.sessions.insert(session);
        cookies.push(`x-session-id=${credentials.sign(session.id)}`);
      }
    }
  });
}
await close();
// Spread over all that is stored, so that neighbours in the file are not neighbours in the load.
const step = Math.max(1, Math.floor(cookies.length / COOKIES));
process.send?.({
  cookies: cookies.filter((_, n) => n % step === 0).slice(0, COOKIES),
  spare: cookies.filter((_, n) => n % step !== 0).slice(0, SPARE),
  logins: logins.slice(0, LOGINS),
  password,
} satisfies Seeded);
