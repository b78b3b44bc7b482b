/**
 * Fills the store of a stopped server through its own stores: accounts that all have one password, ten live
 * sessions each. Sends what the load needs to sign in and to use the sessions.
 */
import { randomInt } from 'node:crypto';
import { openContext } from '../packages/server/src/app/open-context.ts';
import { loadConfig } from '../packages/server/src/config/config.ts';
import type { Role } from '../packages/server/src/identity/roles/role.ts';
import type { AccountId } from '../packages/server/src/kernel/ids.ts';
import type { Session } from '../packages/server/src/sessions/session.ts';

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
const sessions: string[] = [];

for (let from = 0; from < accountCount; from += BATCH) {
  await context.transaction(async (tx) => {
    for (let n = from; n < Math.min(from + BATCH, accountCount); n++) {
      const id = ids.accountId();
      const login = `user${n}@example.com`;
      const account = {
        id,
        login,
        name: `User ${n}`,
        createTime: now,
        active: true,
        deleted: false,
        timeZone: 'Europe/Berlin',
        language: 'en',
        theme: 'dark',
        customHdr: {},
        customDat: {},
      };
      if (!(await tx.accounts.insert(account, login))) throw new Error('an account id or login came twice');
      await tx.passwords.insert({ accountId: id, hash, changeTime: now });
      await tx.roles.grant(id, ['member' as Role], now);
      logins.push(login);
      for (let k = 0; k < SESSIONS_EACH; k++) {
        const session = newSession(id);
        await tx.sessions.insert(session);
        sessions.push(credentials.sign(session.id));
      }
    }
  });
}
await close();
// Spread over all that is stored, so that neighbours in the file are not neighbours in the load.
const step = Math.max(1, Math.floor(sessions.length / COOKIES));
const cookies = sessions
  .filter((_, n) => n % step === 0)
  .slice(0, COOKIES)
  .map((credential) => `x-session-id=${credential}`);
const spare = sessions
  .filter((_, n) => n % step !== 0)
  .slice(0, SPARE)
  .map((credential) => `x-session-id=${credential}`);
process.send?.({ cookies, spare, logins: logins.slice(0, LOGINS), password } satisfies Seeded);

function newSession(accountId: AccountId): Session {
  return {
    id: ids.sessionId(),
    accountId,
    openTime: now - randomInt(3_600_000),
    requestTime: now,
    expireTime: now + policy.sessionAbsolute,
    address: `10.0.${randomInt(256)}.${randomInt(256)}`,
    client: 'Chrome 140.0.0.0',
    platform: 'Windows 10',
    authTime: now,
    amr: ['pwd'],
    data: {},
  };
}
