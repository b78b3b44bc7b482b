/** Sessions in one report at most. */
export const BATCH = 2_000;
/** So many are remembered between two reports; when there are more, the report comes early. */
const MOST = 100_000;

/** Sessions that were seen: the public id, and how many milliseconds ago. */
export type Batch = [sessionId: string, ago: number][];

/** Which sessions were seen since the last report. A session that is seen again and again is noted once in each round. */
export class Activity {
  readonly #monotonic: () => number;
  readonly #onFull: () => void;
  #seen = new Map<string, number>();
  #round = 0;

  constructor(monotonic: () => number, onFull: () => void) {
    this.#monotonic = monotonic;
    this.#onFull = onFull;
  }

  /** Grows with every report, so that whoever keeps it with a session need not note that twice. */
  get round(): number {
    return this.#round;
  }

  note(sessionId: string): void {
    if (this.#seen.size < MOST) this.#seen.set(sessionId, this.#monotonic());
    else this.#onFull();
  }

  /** Those that were noted, `BATCH` at most; `undefined`: none. */
  take(): Batch | undefined {
    this.#round += 1;
    if (this.#seen.size === 0) return undefined;
    const now = this.#monotonic();
    const batch: Batch = [];
    for (const [id, at] of this.#seen) {
      batch.push([id, Math.max(0, Math.ceil(now - at))]);
      this.#seen.delete(id);
      if (batch.length === BATCH) break;
    }
    return batch;
  }

  /** For what could not be reported: it is told the next time. */
  putBack(batch: Batch): void {
    const now = this.#monotonic();
    for (const [id, ago] of batch) {
      if (!this.#seen.has(id) && this.#seen.size < MOST) this.#seen.set(id, now - ago);
    }
  }
}
