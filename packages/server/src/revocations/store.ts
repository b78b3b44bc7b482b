import type { Action, Entry, NewEntry, Subject } from './entry.ts';

/** Where the log stands. */
export interface LogState {
  /** The last position that was given; 0 when none was. */
  readonly head: number;
  /** Entries up to this position may have been forgotten, because they had expired. */
  readonly pruned: number;
}

export interface RevocationReader {
  state(): Promise<LogState>;
  /** Entries after a position, in order, `limit` at most. */
  list(after: number, limit: number): Promise<Entry[]>;
  /** What entries after a position say of any of the subjects, each action once. */
  actionsAbout(subjects: readonly Subject[], after: number): Promise<Action[]>;
}

export interface RevocationStore extends RevocationReader {
  /**
   * Appends entries and returns the position of the last one. Positions have no gap and are in the order of the
   * commits; so this holds the log until the transaction ends, and is called last. `at` and `expiresAt` are unix
   * seconds.
   */
  append(entries: readonly NewEntry[], at: number, expiresAt: number): Promise<number>;
  /** Forgets the entries at the log's beginning that expired before the time (unix seconds). How many. */
  prune(now: number): Promise<number>;
}
