import { performance } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';

/** How long a step may block the event loop, and how long it may take with all its waiting. Milliseconds. */
const longest = { busy: 10, whole: 50 };

/** How many items each step of long work handles: half as many after a step that took too long, more after a short one. */
export class StepSize {
  readonly #least: number;
  readonly #most: number;
  #size: number;

  /** Begins with `size`, and stays between a tenth and four times of it. */
  constructor(size: number) {
    this.#size = size;
    this.#least = Math.ceil(size / 10);
    this.#most = size * 4;
  }

  get value(): number {
    return this.#size;
  }

  /** Runs a step and learns from how long it takes. */
  async measure<Result>(step: (size: number) => Promise<Result>): Promise<Result> {
    const before = performance.eventLoopUtilization();
    const result = await step(this.#size);
    const { active, idle } = performance.eventLoopUtilization(before);
    this.note(active, active + idle);
    return result;
  }

  /** Notes for how long the last step kept the event loop busy, and how long it took. */
  note(busy: number, whole: number): void {
    if (busy > longest.busy || whole > longest.whole) {
      this.#size = Math.max(this.#least, Math.floor(this.#size / 2));
    } else if (busy < longest.busy / 2 && whole < longest.whole / 2) {
      this.#size = Math.min(this.#most, Math.ceil(this.#size * 1.25));
    }
  }
}

/**
 * Calls `step`, which handles at most as many items as it is told, until it handles fewer. The first step gets `size`;
 * the next ones get more or fewer, so that none blocks the event loop for long. Between two steps everything else has its
 * turn: a step on SQLite never waits by itself. Returns how many were handled in all.
 */
export async function runInBatches(size: number, step: (size: number) => Promise<number>): Promise<number> {
  const steps = new StepSize(size);
  let count = 0;
  for (;;) {
    const asked = steps.value;
    const done = await steps.measure(step);
    count += done;
    if (done < asked) return count;
    await turn();
  }
}
