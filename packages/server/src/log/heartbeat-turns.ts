import { mergeRuns } from '../kernel/merge-runs.ts';

const heartbeatTime = 2000;
/** Heartbeats are spread over this many turns: a thousand at once would delay an entry. */
const turnCount = 10;

/** Assigns each stream a turn, and says which turns are due. Each is due once in two seconds. */
export class HeartbeatTurns {
  readonly #beat: (due: ReadonlySet<number>) => Promise<void>;
  #opened = 0;
  #turn = 0;
  #due = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  /** Turns that fall due during a slow run are served together by the next. */
  readonly #serve = mergeRuns(async () => {
    const due = this.#due;
    this.#due = new Set();
    if (due.size > 0) await this.#beat(due);
  });

  /** `beat` serves the streams of the turns that are due. It never rejects; its runs do not overlap. */
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

  /** The turn for a new stream. */
  assign(): number {
    this.#opened += 1;
    return this.#opened % turnCount;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
