import type { Action, EntriesText, Entry, NewEntry, Subject } from './entry.ts';

/** The state of the log. */
export interface LogState {
  /** The position of the last entry; 0 when there never was one. */
  readonly head: number;
  /** Entries up to this position had expired, and may have been deleted. */
  readonly pruned: number;
  /** The highest position that verifiers were asked to confirm. */
  readonly asked: number;
  /** The name of the log. It changes when positions do not continue from earlier ones. */
  readonly log: string;
}

/** When a process last noticed that a backup was restored, and what it did. */
export interface Restart {
  /** Unix milliseconds. */
  readonly time: number;
  /** How many sessions were closed, and whether some are still to be. */
  readonly closed: number;
  readonly closing: boolean;
}

export interface LogReader {
  /** Undefined when the database has no log, as while a backup is being restored. */
  find(): Promise<LogState | undefined>;
  /** As `find`, but throws UNAVAILABLE when there is none. */
  state(): Promise<LogState>;
  /** Whether the present log has begun in place of this one. */
  isFormer(log: string): Promise<boolean>;
  /** Undefined when no restored backup was ever noticed. */
  lastRestart(): Promise<Restart | undefined>;
  /** The entries after a position, in order; at most `limit`. */
  list(after: number, limit: number): Promise<Entry[]>;
  /** As `list`, but as one text: a verifier that starts may read a million entries. Undefined when there are none. */
  listText(after: number, limit: number): Promise<EntriesText | undefined>;
  /** The actions of the entries after a position about any of the subjects, each once. */
  actionsAbout(subjects: readonly Subject[], after: number): Promise<Action[]>;
}

export interface LogStore extends LogReader {
  /**
   * Appends entries and returns the position of the last one. Positions have no gaps and follow the order of the
   * commits. So this locks the log until the transaction ends, and must be called last. `at` and `expiresAt` are in unix
   * seconds.
   */
  append(entries: readonly NewEntry[], at: number, expiresAt: number): Promise<number>;
  /** Asks verifiers to confirm the position. Every process learns of it soon after the commit. */
  ask(position: number): Promise<void>;
  /**
   * Holds the log, and on PostgreSQL the sessions, until the transaction ends. Throws UNAVAILABLE on a server that is not
   * the primary, and while a restore is under way.
   */
  lock(): Promise<void>;
  /**
   * Begins another log, which has no entries yet and whose next position is `head + 1`, in place of those named: for a
   * database that was restored from a backup. From now on its open sessions are to be closed.
   */
  restart(head: number, former: readonly string[], now: number): Promise<void>;
  /** Whether sessions from before a restart are still to be closed. Where they are, others wait until the commit. */
  lockClosing(): Promise<boolean>;
  /** Notes that so many more were closed, and whether these were the last. */
  countClosed(count: number, done: boolean): Promise<void>;
  /**
   * Deletes the entries at the start of the log that expired before the time (unix seconds), at most `limit`. What a
   * relay has yet to pass on is kept for it. With `ahead`, also those that are dated after that time. Returns how many were
   * deleted.
   */
  prune(now: number, limit: number, ahead?: number): Promise<number>;
}
