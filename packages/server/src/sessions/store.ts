import type { AccountId, SessionId } from '../kernel/ids.ts';
import type { Page, PageRequest } from '../kernel/pages.ts';
import type { CloseReason, Device, Session, SessionFilter, SessionMoment, UserSession } from './session.ts';

/** Which open sessions to end. All conditions must hold. */
export interface EndFilter {
  readonly ids?: readonly SessionId[];
  readonly accountId?: AccountId;
  readonly except?: SessionId;
  /** Only those past their absolute limit at `now`, or not used since `idleSince`. */
  readonly expired?: { readonly now: number; readonly idleSince: number };
  /** At most so many. */
  readonly limit?: number;
}

export interface SessionReader {
  /**
   * Read on every request. All of the answer is of one moment; closed sessions are found too. It may be answered from
   * memory as long as the log has no entry about the session, its user or site: so whatever changes something that it
   * shows appends such an entry in the same transaction.
   */
  find(id: SessionId): Promise<SessionMoment | undefined>;
  /** The devices of the account's last sessions, closed ones too, newest first. */
  listDevices(accountId: AccountId, limit: number): Promise<Pick<Device, 'client' | 'platform'>[]>;
  /** Newest first. */
  list(filter: SessionFilter, page: PageRequest): Promise<Page<UserSession>>;
  /** How many open sessions are past a limit, counted up to `most`. */
  countExpired(expired: { readonly now: number; readonly idleSince: number }, most: number): Promise<number>;
  /**
   * Ids of open sessions whose limits have not passed, in the order of the ids, after the one given; `take` at most.
   */
  listLiveIds(filter: {
    readonly accountId?: AccountId;
    readonly now: number;
    readonly idleSince: number;
    readonly after?: SessionId;
    readonly take: number;
  }): Promise<SessionId[]>;
}

export interface SessionStore extends SessionReader {
  insert(session: Session): Promise<void>;
  /** Ends open sessions by one conditional write and returns them as they are now: of two calls only one gets each. */
  end(filter: EndFilter, time: number, reason: CloseReason): Promise<Session[]>;
  /** Open sessions of the account beyond the `keep` that were used last. */
  findLeastUsed(accountId: AccountId, keep: number): Promise<SessionId[]>;
  /**
   * Moves `requestTime` of open sessions forward; never back. With `live`, only of those that were within their limits at
   * that time, `idle` being the one, and only where it is more than `step` newer. Milliseconds.
   */
  touch(
    times: ReadonlyMap<SessionId, number>,
    live?: { readonly idle: number; readonly step: number },
  ): Promise<void>;
  /** Sets `authTime` of an open session. False when it is not open. */
  proveAgain(id: SessionId, authTime: number): Promise<boolean>;
  /** Forgets the devices and the data of all sessions of the account, open and closed. */
  forgetDevices(accountId: AccountId): Promise<void>;
  /** Forgets at most `limit` sessions that were closed before the time. How many. */
  removeClosed(before: number, limit: number): Promise<number>;
}
