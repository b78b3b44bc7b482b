import type { VerifiedToken } from './authenticated.ts';

/** Sessions in one report at most. */
export const BATCH = 2_000;
/** So many are remembered between two reports; when there are more, the report comes early. */
const MOST = 100_000;
/** One map of so many would stop everything for 4 ms whenever it outgrows itself. */
const SHARDS = 128;

/** Sessions that were seen: the public id, and how many milliseconds ago. */
export type Batch = [sessionId: string, ago: number][];

/** Which sessions were seen since the last report. A session that is seen again and again is noted once in each round. */
export class Activity {
  readonly #monotonic: () => number;
  readonly #onFull: () => void;
  readonly #shards = Array.from({ length: SHARDS }, () => new Map<string, number>());
  #size = 0;
  #round = 0;

  constructor(monotonic: () => number, onFull: () => void) {
    this.#monotonic = monotonic;
    this.#onFull = onFull;
  }

  /** Grows with every report. A token whose `round` it is has been noted in this one. */
  get round(): number {
    return this.#round;
  }

  /** Notes the session of a token that was accepted. */
  noteToken(token: VerifiedToken): void {
    token.round = this.#round;
    this.note(token.subject.sid);
  }

  note(sessionId: string): void {
    if (this.#size < MOST) this.#set(sessionId, this.#monotonic());
    else this.#onFull();
  }

  /** Those that were noted, `BATCH` at most; `undefined`: none. */
  take(): Batch | undefined {
    this.#round += 1;
    if (this.#size === 0) return undefined;
    const now = this.#monotonic();
    const batch: Batch = [];
    for (const shard of this.#shards) {
      for (const [id, at] of shard) {
        if (batch.length === BATCH) return batch;
        batch.push([id, Math.max(0, Math.ceil(now - at))]);
        shard.delete(id);
        this.#size -= 1;
      }
    }
    return batch;
  }

  /** For what could not be reported: it is told the next time. */
  putBack(batch: Batch): void {
    const now = this.#monotonic();
    for (const [id, ago] of batch) {
      if (!this.#shardOf(id).has(id) && this.#size < MOST) this.#set(id, now - ago);
    }
  }

  #set(id: string, at: number): void {
    const shard = this.#shardOf(id);
    const before = shard.size;
    shard.set(id, at);
    this.#size += shard.size - before;
  }

  // The characters of an id are random.
  #shardOf(id: string): Map<string, number> {
    return this.#shards[id.charCodeAt(0) % SHARDS] as Map<string, number>;
  }
}
