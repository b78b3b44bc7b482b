import type { TimeRange } from '../kernel/clock/clock.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import type { Page, PageRequest } from '../kernel/pages.ts';
import type { CloseReason, Device, Session, SessionFilter, SessionMoment, UserSession } from './session.ts';
import type { SessionData } from './session-data.ts';

/** Which open sessions to end. All conditions must hold. */
export interface EndFilter {
  readonly ids?: readonly SessionId[];
  readonly accountId?: AccountId;
  readonly except?: SessionId;
  /** Only those past their absolute limit at `now`, or not used since `idleSince`. */
  readonly expired?: { readonly now: number; readonly idleSince: number };
  /** The most sessions to end. */
  readonly limit?: number;
}

export interface SessionReader {
  /**
   * Read on every request. The whole answer is of one moment. Closed sessions are found too. It may come from memory
   * while the log has no newer entry about the session, its user or site: so every change of what it shows appends such
   * an entry in the same transaction; `setData` is noticed without one.
   */
  find(id: SessionId): Promise<SessionMoment | undefined>;
  /** The devices of the account's last sessions, open and closed, newest first. */
  listDevices(accountId: AccountId, limit: number): Promise<Pick<Device, 'client' | 'platform'>[]>;
  /** Newest first. */
  list(filter: SessionFilter, page: PageRequest): Promise<Page<UserSession>>;
  /** Whether `passOver` would find any. */
  hasUsed(idleSince: number): Promise<boolean>;
  /** How many open sessions are past a limit. Counts up to `most`. */
  countExpired(expired: { readonly now: number; readonly idleSince: number }, most: number): Promise<number>;
  /** When each of these sessions was used last, as stored. Only those that are open are there. */
  findRequestTimes(ids: readonly SessionId[]): Promise<ReadonlyMap<SessionId, number>>;
  /**
   * The ids of open sessions within their limits, sorted, after the id given; at most `take`.
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
  /** Ends open sessions by one conditional write, and returns them. Of two calls only one gets each session. */
  end(filter: EndFilter, time: number, reason: CloseReason): Promise<Session[]>;
  /** The open sessions of the account, except the `keep` most recently used. */
  findLeastUsed(accountId: AccountId, keep: number): Promise<SessionId[]>;
  /**
   * Moves `requestTime` of open sessions forward, never back. With `live`, only for sessions that were within their
   * limits at that time (`idle` is the idle limit), and only where the time is newer by `step` or more. Milliseconds.
   */
  touch(
    times: ReadonlyMap<SessionId, number>,
    live?: { readonly idle: number; readonly step: number },
  ): Promise<void>;
  /**
   * Has the sweep look again only after one more idle limit at sessions that it last saw used before `idleSince` and that
   * were used since: at most `limit`. Returns how many. A use by itself does not tell the sweep, which makes it cheap.
   */
  passOver(idleSince: number, limit: number): Promise<number>;
  /** Locks a session, open or closed, until the transaction ends: no other transaction changes it. */
  lock(id: SessionId): Promise<Session | undefined>;
  /** Writes the data of a locked session. It needs no entry in the log. */
  setData(id: SessionId, data: SessionData): Promise<void>;
  /** Sets `authTime` of an open session. False when it is not open. */
  proveAgain(id: SessionId, authTime: number): Promise<boolean>;
  /** Removes the devices and the data of all sessions of the account, open and closed. */
  forgetDevices(accountId: AccountId): Promise<void>;
  /** Deletes at most `limit` sessions that were not closed within the time. Returns how many. */
  removeClosed(kept: TimeRange, limit: number): Promise<number>;
}
