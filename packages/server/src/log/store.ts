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

export interface LogReader {
  state(): Promise<LogState>;
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
   * Starts another log, which has no entries yet and whose next position is `head + 1`: for a database that was restored
   * from a backup.
   */
  restart(head: number): Promise<void>;
  /**
   * Deletes the entries at the start of the log that expired before the time (unix seconds), at most `limit`. What a
   * relay has yet to pass on is kept for it. With `ahead`, also those that are dated after that time. Returns how many were
   * deleted.
   */
  prune(now: number, limit: number, ahead?: number): Promise<number>;
}
