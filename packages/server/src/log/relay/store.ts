import type { TimeRange } from '../../kernel/clock/clock.ts';
import type { SessionId } from '../../kernel/ids.ts';

/** An entry of the log that ended sessions, as a relay passes it on. */
export interface EndEntry {
  readonly seq: number;
  readonly reason: string;
  /** The sessions that ended with it, in order. */
  readonly sessions: readonly SessionId[];
}

/** How far a destination outside the database has taken a log. */
export interface RelayPosition {
  /** The name of the log. */
  readonly log: string;
  /** Every event of an entry up to here was taken or dropped. */
  readonly position: number;
  /** How many events were dropped, because the destination was behind by more than is kept. */
  readonly dropped: number;
}

export interface RelayReader {
  /** How far the destination has taken each log, the present one or one from before a restore. */
  list(destination: string): Promise<RelayPosition[]>;
  /**
   * The entries of a log after a position that ended sessions, in order; at most `limit`. Also those that the log has
   * forgotten, while a destination still needs them.
   */
  entries(log: string, after: number, limit: number): Promise<EndEntry[]>;
  /** How many events of all logs the destination has yet to take. */
  waiting(destination: string): Promise<number>;
}

export interface RelayStore extends RelayReader {
  /**
   * Says that the destination is in use. From now on the log keeps for it what it has not taken; a destination that is
   * new begins with what the log still has. Times are Unix milliseconds.
   */
  register(destination: string, now: number): Promise<void>;
  /** Records that the destination has taken everything up to the position, and deletes what nobody needs any more. */
  advance(destination: string, log: string, position: number): Promise<void>;
  /**
   * Gives up entries that the log has forgotten, from the oldest, until the destinations are behind by at most `most`
   * entries of the log; at most `limit` of them. Returns how many entries were given up and how many events of this
   * destination they had.
   */
  drop(
    destination: string,
    most: number,
    limit: number,
  ): Promise<{ readonly entries: number; readonly events: number }>;
  /** Forgets destinations that were not registered within the time. */
  forget(seen: TimeRange): Promise<void>;
}
