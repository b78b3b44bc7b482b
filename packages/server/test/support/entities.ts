import { randomBytes, randomInt } from 'node:crypto';
import { type Account, loginKeyOf } from '../../src/identity/accounts/account.ts';
import type { Store } from '../../src/kernel/context.ts';
import { accountIdOf, type SessionId } from '../../src/kernel/ids.ts';
import type { NewEntry } from '../../src/log/entry.ts';
import type { Session } from '../../src/sessions/session.ts';

/** An account that no other test has. */
export function newAccount(changes: Partial<Account> = {}): Account {
  const id = accountIdOf(randomInt(2 ** 40, 2 ** 48 - 1));
  return {
    id,
    login: `user-${id}`,
    name: 'Ann Bloggs',
    createTime: 1_700_000_000_000,
    active: true,
    deleted: false,
    timeZone: 'Europe/Madrid',
    language: 'en',
    theme: 'dark',
    customHdr: { a: 'b' },
    customDat: {},
    ...changes,
  };
}

/** An open session of the account. */
export function newSession(account: Account, changes: Partial<Session> = {}): Session {
  return {
    id: randomBytes(16).toString('base64url') as SessionId,
    accountId: account.id,
    openTime: 1_700_000_000_000,
    requestTime: 1_700_000_000_000,
    expireTime: 1_800_000_000_000,
    address: '192.0.2.7',
    client: 'Firefox 140',
    platform: 'Linux',
    authTime: 1_700_000_000_000,
    amr: ['pwd'],
    data: {},
    ...changes,
  };
}

/** A log entry about a session that has ended. */
export function newEntry(reason = 'signout'): NewEntry {
  const session = randomBytes(16).toString('base64url') as SessionId;
  return { subject: { session }, action: 'reject', reason };
}

/** Puts the account into the store. False when its login or id is taken. */
export function insertAccount(store: Store, account: Account): Promise<boolean> {
  return store.transaction((tx) => tx.accounts.insert(account, loginKeyOf(account.login)!));
}

/** Puts a new account with open sessions into the store. */
export async function insertSessions(
  store: Store,
  count: number,
  changes: (i: number) => Partial<Session> = () => ({}),
): Promise<{ account: Account; sessions: Session[] }> {
  const account = newAccount();
  await insertAccount(store, account);
  const sessions = Array.from({ length: count }, (_, i) => newSession(account, changes(i)));
  await store.transaction(async (tx) => {
    for (const session of sessions) await tx.sessions.insert(session);
  });
  return { account, sessions };
}

/** Runs the work this many times at once. */
export function inParallel<T>(count: number, work: (i: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, i) => work(i)));
}
