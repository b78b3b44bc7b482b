import { setImmediate as turn } from 'node:timers/promises';

/**
 * Calls `step`, which handles at most `size` items, until it handles fewer. Between two steps everything else has its
 * turn: a step on SQLite never waits by itself. Returns how many it handled in all.
 */
export async function runInBatches(size: number, step: (size: number) => Promise<number>): Promise<number> {
  let count = 0;
  for (;;) {
    const done = await step(size);
    count += done;
    if (done < size) return count;
    await turn();
  }
}
