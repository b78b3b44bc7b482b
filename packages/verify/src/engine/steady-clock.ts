import type { LocalClocks } from './follower.ts';

/** Milliseconds by which two clocks must come apart before that is a sleep, not a rounding or a correction. */
const least = 1000;

/**
 * A clock in milliseconds that never goes back, and goes on while the machine sleeps: the monotonic one stands still then,
 * and what the wall clock gains on it is added. A sleep counts at the first reading after it.
 */
export function steadyClock({ wall, monotonic }: LocalClocks): () => number {
  let ahead = wall() - monotonic();
  let slept = 0;
  return () => {
    const now = monotonic();
    const gained = wall() - now - ahead;
    if (Math.abs(gained) >= least) {
      ahead += gained;
      slept += Math.max(0, gained);
    }
    return now + slept;
  };
}
