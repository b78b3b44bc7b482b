import type { Account } from '../../packages/server/src/identity/accounts/account.ts';
import type { AccountId, SessionId } from '../../packages/server/src/kernel/ids.ts';
import type { Session } from '../../packages/server/src/sessions/session.ts';

/** An active account, made now. */
export function newAccount(id: AccountId, login: string, name: string, now: number): Account {
  return {
    id,
    login,
    name,
    createTime: now,
    active: true,
    deleted: false,
    timeZone: 'Europe/Berlin',
    language: 'en',
    theme: 'dark',
    customHdr: {},
    customDat: {},
  };
}

/** A live session, opened now. */
export function newSession(id: SessionId, accountId: AccountId, now: number, expireTime: number): Session {
  return {
    id,
    accountId,
    openTime: now,
    requestTime: now,
    expireTime,
    address: '192.0.2.1',
    client: 'Chrome 140.0.0.0',
    platform: 'Windows 10',
    authTime: now,
    amr: ['pwd'],
    data: {},
  };
}
