import type { Action, EntriesText, Entry, NewEntry, Subject } from './entry.ts';

/** Where the log stands. */
export interface LogState {
  /** The last position that was given; 0 when none was. */
  readonly head: number;
  /** Entries up to this position may have been forgotten, because they had expired. */
  readonly pruned: number;
  /** The highest position that verifiers were asked to confirm. */
  readonly asked: number;
  /** Which log it is: another one than before where positions do not go on from each other. */
  readonly log: string;
}

export interface LogReader {
  state(): Promise<LogState>;
  /** Entries after a position, in order, `limit` at most. */
  list(after: number, limit: number): Promise<Entry[]>;
  /** As `list`, in the form in which a verifier that starts is given a million of them. Undefined where there are none. */
  listText(after: number, limit: number): Promise<EntriesText | undefined>;
  /** What entries after a position say of any of the subjects, each action once. */
  actionsAbout(subjects: readonly Subject[], after: number): Promise<Action[]>;
}

export interface LogStore extends LogReader {
  /**
   * Appends entries and returns the position of the last one. Positions have no gap and are in the order of the
   * commits; so this holds the log until the transaction ends, and is called last. `at` and `expiresAt` are unix
   * seconds.
   */
  append(entries: readonly NewEntry[], at: number, expiresAt: number): Promise<number>;
  /** Asks verifiers to confirm that they have applied the position; every process learns of it soon after the commit. */
  ask(position: number): Promise<void>;
  /**
   * Makes it another log, whose next position is `head + 1` and which holds no entry before: for a database that was
   * found to be older than what had been acknowledged.
   */
  restart(head: number): Promise<void>;
  /** Forgets the entries at the log's beginning that expired before the time (unix seconds). How many. */
  prune(now: number): Promise<number>;
}
