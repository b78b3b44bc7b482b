import type { Account } from '../identity/accounts/account.ts';
import type { Role } from '../identity/roles/role.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';

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
  /** The last request, to a minute or so. */
  readonly requestTime: number;
  /** When it ends at the latest. */
  readonly expireTime: number;
  readonly address: string;
  /** Browser and version. */
  readonly client: string;
  /** Operating system. */
  readonly platform: string;
  /** When the person last proved presence with a password. */
  readonly authTime: number;
  /** How: RFC 8176 names. */
  readonly amr: readonly string[];
  readonly data: Record<string, unknown>;
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

/** A session, its account and the log's position, all of one moment. */
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
  /** Part of a user's name or login, or of an address, in any case. */
  readonly search?: string;
}

/** Where a request comes from. */
export interface Device {
  readonly address: string;
  readonly client: string;
  readonly platform: string;
}

/** Whether the session is live: not closed, within its absolute limit, and used within the idle limit. */
export function isLive(session: Session, now: number, idle: number): boolean {
  return session.closeTime === undefined && now < session.expireTime && now - session.requestTime < idle;
}

/** How a one-time password proves, by its RFC 8176 name. */
export const oneTime = 'otp';

/** Whether the session was opened with a one-time password: it is good for choosing a new one alone. */
export function isRestricted({ amr }: Pick<Session, 'amr'>): boolean {
  return amr.includes(oneTime);
}

/** Whether two devices are of one make: the version of a browser does not matter. */
export function isSameMake(
  a: Pick<Device, 'client' | 'platform'>,
  b: Pick<Device, 'client' | 'platform'>,
): boolean {
  const make = (client: string) => client.replace(/[\d.]+/g, '').trim();
  return make(a.client) === make(b.client) && make(a.platform) === make(b.platform);
}
