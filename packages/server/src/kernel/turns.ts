import { AppError } from './errors.ts';

/** How many works wait for their turn at most. */
const mostWaiting = 50;

/**
 * Returns a function that does works, at most so many at a time, for what takes much memory. The others wait for their
 * turn in order; what would make the queue too long is UNAVAILABLE.
 */
export function createTurns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];

  return async (work) => {
    if (running === atOnce) {
      if (waiting.length === mostWaiting) throw new AppError('UNAVAILABLE', { retryAfter: 1 });
      // Whoever ends hands its turn on.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
