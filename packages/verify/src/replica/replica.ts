import type { LogEntry } from './entry.ts';
import type { Clocks } from './lifetime.ts';
import { ReplicaState, type TokenSubject, type Verdict } from './state.ts';

/** The whole log up to `position`, as far as it still matters. */
export interface Snapshot {
  readonly from: number;
  readonly position: number;
  /** The name of the log; `undefined` if the issuer gives none. */
  readonly log?: string | undefined;
  readonly entries: readonly LogEntry[];
}

/** The entries do not follow the last one that was applied: the reader must resume. */
export class GapError extends Error {
  override readonly name = 'GapError';
}

/**
 * A copy of the revocation log, reduced to the answer to "is this token refused?". A snapshot and entries fill it, in
 * order and without gaps. It looks at no clock itself.
 */
export class Replica {
  #state = new ReplicaState();
  #position: number | undefined;
  #log: string | undefined;
  #version = 0;

  /** The position of the last entry applied; `undefined` before the first snapshot. */
  get position(): number | undefined {
    return this.#position;
  }

  /** The log that the position is in. */
  get log(): string | undefined {
    return this.#log;
  }

  /** Grows with every change: an answer holds as long as it stays the same. */
  get version(): number {
    return this.#version;
  }

  /** About how many sessions, users, sites and keys it holds something. */
  get entries(): number {
    return this.#state.size;
  }

  /** Size of the table of ended sessions, in bytes. */
  get bytes(): number {
    return this.#state.bytes;
  }

  /**
   * Replaces everything; `monotonic` is the local monotonic time in seconds. Throws `GapError` and changes nothing if
   * the entries do not lead from `from` to `position`.
   *
   * A snapshot of another log, or one that ends before the applied position, comes from a log that was restored from
   * a backup, or from an instance that is behind. The entries it lacks stay until they expire: a session that was
   * refused once is not accepted again.
   */
  applySnapshot(snapshot: Snapshot, monotonic: number): void {
    const { from, position, log, entries } = snapshot;
    if (from + entries.length !== position) throw new GapError('snapshot with a gap');
    if (entries.some(({ seq }, index) => seq !== from + 1 + index)) throw new GapError('snapshot with a gap');
    const known = this.#position !== undefined;
    const kept = known && (position < this.#position! || log !== this.#log);
    const state = kept ? this.#state : new ReplicaState(entries.length);
    for (const entry of entries) state.apply(entry, monotonic);
    this.#state = state;
    this.#position = position;
    this.#log = log;
    this.#version += 1;
  }

  /**
   * Applies the entry that follows the position, and returns true. An entry that was applied before is skipped:
   * false. Throws `GapError` for one that comes too early. `monotonic` as above.
   */
  applyEntry(entry: LogEntry, monotonic: number): boolean {
    if (this.#position === undefined) throw new GapError('entry before a snapshot');
    if (entry.seq <= this.#position) return false;
    if (entry.seq !== this.#position + 1) throw new GapError('gap in the log');
    this.#state.apply(entry, monotonic);
    this.#position = entry.seq;
    this.#version += 1;
    return true;
  }

  /** What the log says of a token; `undefined` if nothing. */
  check(subject: TokenSubject): Verdict | undefined {
    return this.#state.check(subject);
  }

  /** Whether the log says that the session has ended, which is final. `sessionId` has the form of one. */
  hasEnded(sessionId: string): boolean {
    return this.#state.hasEnded(sessionId);
  }

  /** Forgets a bounded share of the expired entries. Call it every second or two. */
  sweep(clocks: Clocks): void {
    this.#state.sweep(clocks);
  }
}
