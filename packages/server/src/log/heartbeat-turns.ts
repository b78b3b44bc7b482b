import { mergeRuns } from '../kernel/merge-runs.ts';

const heartbeatTime = 2000;
/** Heartbeats are spread over this many turns: a thousand at once would keep an entry waiting. */
const turnCount = 10;

/** Gives each stream its turn within the time between two heartbeats, and says when turns are due. */
export class HeartbeatTurns {
  readonly #beat: (due: ReadonlySet<number>) => Promise<void>;
  #opened = 0;
  #turn = 0;
  #due = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  /** Where the store is slow, turns fall due meanwhile: they are served together. */
  readonly #serve = mergeRuns(async () => {
    const due = this.#due;
    this.#due = new Set();
    if (due.size > 0) await this.#beat(due);
  });

  /** `beat` serves the streams of the turns; it does not reject, and is not called again before it has ended. */
  constructor(beat: (due: ReadonlySet<number>) => Promise<void>) {
    this.#beat = beat;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#turn = (this.#turn + 1) % turnCount;
      this.#due.add(this.#turn);
      void this.#serve();
    }, heartbeatTime / turnCount).unref();
  }

  /** The turn of a stream that is opened now. */
  assign(): number {
    this.#opened += 1;
    return this.#opened % turnCount;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
