import { setImmediate as turn } from 'node:timers/promises';

/** For how long a step should block the event loop, at most. Milliseconds. */
const longest = 10;

/**
 * How many items each step of long work handles: half as many after a step that blocked the event loop for too long,
 * more after a short one.
 */
export class StepSize {
  readonly #least: number;
  readonly #most: number;
  #size: number;

  /** Begins with `size`, and stays between a quarter and four times of it. */
  constructor(size: number) {
    this.#size = size;
    this.#least = Math.ceil(size / 4);
    this.#most = size * 4;
  }

  get value(): number {
    return this.#size;
  }

  /** Runs a step, and learns from how long it takes; not where others had their turn meanwhile, as on PostgreSQL. */
  async measure<Result>(step: (size: number) => Promise<Result>): Promise<Result> {
    let othersRan = false;
    const others = setImmediate(() => {
      othersRan = true;
    });
    const start = performance.now();
    const result = await step(this.#size).finally(() => clearImmediate(others));
    if (!othersRan) this.#learn(performance.now() - start);
    return result;
  }

  #learn(blocked: number): void {
    if (blocked > longest) this.#size = Math.max(this.#least, Math.floor(this.#size / 2));
    else if (blocked < longest / 2) this.#size = Math.min(this.#most, Math.ceil(this.#size * 1.25));
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
