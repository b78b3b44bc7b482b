import type { Account } from '../identity/accounts/account.ts';
import type { Role } from '../identity/roles/role.ts';
import type { Clock } from '../kernel/clock/clock.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import type { SessionData } from './session-data.ts';

/** Why a session ended. */
export const closeReasons = [
  'signout',
  'closed',
  'cleared',
  'expired',
  'limit',
  'password-changed',
  'password-reset',
  'account-disabled',
  'account-deleted',
  'admin',
  'restored',
] as const;
export type CloseReason = (typeof closeReasons)[number];

/** One sign-in of one account on one device. Times are unix milliseconds. */
export interface Session {
  readonly id: SessionId;
  readonly accountId: AccountId;
  readonly openTime: number;
  readonly closeTime?: number;
  readonly closeReason?: CloseReason;
  /** The last request: to about a minute, once a hundredth of the idle limit has passed since. */
  readonly requestTime: number;
  /** The latest time at which it ends. */
  readonly expireTime: number;
  readonly address: string;
  /** Browser and version. */
  readonly client: string;
  /** Operating system. */
  readonly platform: string;
  /** When the person last proved presence with a password. */
  readonly authTime: number;
  /** How presence was proven: names of RFC 8176. */
  readonly amr: readonly string[];
  /** What an application keeps with it, at most 4 KiB of JSON. */
  readonly data: SessionData;
}

/** The account of a session as it is now. */
export interface SessionUser extends Omit<Account, 'active' | 'deleted'> {
  readonly roles: readonly Role[];
  readonly sites: readonly { readonly id: string; readonly name: string }[];
  readonly settings: Record<string, unknown>;
  readonly changePwdTime?: number;
}

/** A session with its account as it is now. */
export interface UserSession {
  readonly session: Session;
  readonly user: SessionUser;
}

/** A session, its account and the log's position, all at one moment. */
export interface SessionMoment extends UserSession {
  readonly rev: number;
  /** Whether the account may sign in. */
  readonly accountActive: boolean;
}

export interface SessionFilter {
  readonly accountId?: AccountId;
  readonly active?: boolean;
  /** Opened at this time or later. */
  readonly fromTime?: number;
  /** Opened before this time. */
  readonly toTime?: number;
  readonly ids?: readonly SessionId[];
  /** A part of the user's name or login, or of the address. Case does not matter. */
  readonly search?: string;
}

/** Where a request comes from. */
export interface Device {
  readonly address: string;
  readonly client: string;
  readonly platform: string;
}

/** Whether the session is live: not closed, within its absolute limit, and used within the idle limit. */
export function isLive(session: Session, clock: Clock, idle: number): boolean {
  if (session.closeTime !== undefined) return false;
  return endOf(session, clock) > 0 && clock.remaining(session.requestTime + idle, idle) > 0;
}

/** Milliseconds until the session's absolute limit; 0 beyond it. */
export function endOf({ openTime, expireTime }: Session, clock: Clock): number {
  return clock.remaining(expireTime, expireTime - openTime);
}

/** The RFC 8176 name for a one-time password. */
export const oneTime = 'otp';

/** Whether the session was opened with a one-time password, and can only be used to choose a new password. */
export function isRestricted({ amr }: Pick<Session, 'amr'>): boolean {
  return amr.includes(oneTime);
}

/** Whether two devices have the same browser and system. Versions do not matter. */
export function isSameMake(
  a: Pick<Device, 'client' | 'platform'>,
  b: Pick<Device, 'client' | 'platform'>,
): boolean {
  const make = (client: string) => client.replace(/[\d.]+/g, '').trim();
  return make(a.client) === make(b.client) && make(a.platform) === make(b.platform);
}
