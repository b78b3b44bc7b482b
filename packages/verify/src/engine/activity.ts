import type { VerifiedToken } from './authenticated.ts';

/** At most this many sessions go into one report. */
export const reportBatch = 2_000;
/** At most this many sessions are remembered between two reports. When it is reached, the report is sent early. */
const capacity = 100_000;
/** A single map of that size would block the process for 4 ms each time it grows. */
const shardCount = 128;

/** Sessions that were seen: the public id, and how many milliseconds ago. */
export type Batch = [sessionId: string, ago: number][];

/** Which sessions were seen since the last report. A session that is seen often is noted once in each round. */
export class Activity {
  readonly #steady: () => number;
  readonly #onFull: () => void;
  readonly #shards = Array.from({ length: shardCount }, () => new Map<string, number>());
  #size = 0;
  #round = 0;

  constructor(steady: () => number, onFull: () => void) {
    this.#steady = steady;
    this.#onFull = onFull;
  }

  /** Grows with every report. A token with the same `round` has already been noted in this one. */
  get round(): number {
    return this.#round;
  }

  /** Notes the session of a token that was accepted. */
  noteToken(token: VerifiedToken): void {
    token.round = this.#round;
    this.note(token.subject.sid);
  }

  note(sessionId: string): void {
    if (this.#size < capacity) this.#set(sessionId, this.#steady());
    else this.#onFull();
  }

  /** Takes the noted sessions, at most `reportBatch`; `undefined` if there are none. */
  take(): Batch | undefined {
    this.#round += 1;
    if (this.#size === 0) return undefined;
    const now = this.#steady();
    const batch: Batch = [];
    for (const shard of this.#shards) {
      for (const [id, at] of shard) {
        if (batch.length === reportBatch) return batch;
        batch.push([id, Math.max(0, Math.ceil(now - at))]);
        shard.delete(id);
        this.#size -= 1;
      }
    }
    return batch;
  }

  /** Puts back sessions that could not be reported, for the next report. */
  putBack(batch: Batch): void {
    const now = this.#steady();
    for (const [id, ago] of batch) {
      if (!this.#shardOf(id).has(id) && this.#size < capacity) this.#set(id, now - ago);
    }
  }

  #set(id: string, at: number): void {
    const shard = this.#shardOf(id);
    const before = shard.size;
    shard.set(id, at);
    this.#size += shard.size - before;
  }

  /** The shard of a session. The characters of an id are random. */
  #shardOf(id: string): Map<string, number> {
    return this.#shards[id.charCodeAt(0) % shardCount] as Map<string, number>;
  }
}
