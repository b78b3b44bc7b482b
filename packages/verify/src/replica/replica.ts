import type { LogEntry } from './entry.ts';
import type { Clocks } from './lifetime.ts';
import { ReplicaState, type TokenSubject, type Verdict } from './state.ts';

/** The whole log up to `position`, as far as it still matters. */
export interface Snapshot {
  readonly from: number;
  readonly position: number;
  /** Names the log; `undefined` where the issuer does not. */
  readonly log?: string | undefined;
  readonly entries: readonly LogEntry[];
}

/** The entries that were offered do not follow on what is applied: the reader must resume. */
export class GapError extends Error {
  override readonly name = 'GapError';
}

/**
 * A copy of the revocation log, reduced to what answers "is this token refused?". It is filled by a
 * snapshot and by entries, in order and without gaps, and it never looks at a clock by itself.
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

  /** Which log the position is in. */
  get log(): string | undefined {
    return this.#log;
  }

  /** Grows with every change, so that an answer can be kept for as long as it stays the same. */
  get version(): number {
    return this.#version;
  }

  /** How many sessions, users, sites and keys it holds something about. */
  get entries(): number {
    return this.#state.size;
  }

  /** Bytes of the table of ended sessions. */
  get bytes(): number {
    return this.#state.bytes;
  }

  /**
   * Replaces everything; `monotonic` is the local monotonic time in seconds. Throws `GapError`,
   * and then nothing has changed, when the entries do not lead from `from` to `position`.
   *
   * A snapshot of another log, or one that ends before what was applied already, comes from a log
   * that was restored from a backup, or from an instance that lags. The entries it lacks stay until
   * they expire: a session that was refused once is not accepted again.
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
   * Applies the entry that follows on the position and returns true; one that was applied before
   * is passed over with false. Throws `GapError` for one that comes too early. `monotonic` as above.
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

  /** What the log says of a token; `undefined`: nothing. */
  check(subject: TokenSubject): Verdict | undefined {
    return this.#state.check(subject);
  }

  /** Forgets a bounded share of the entries that are over. To be called every second or two. */
  sweep(clocks: Clocks): void {
    this.#state.sweep(clocks);
  }
}
