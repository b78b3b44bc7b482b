import type { TimeSource } from '../../kernel/clock/clock.ts';

/** The machine's wall clock. */
export const systemClock: TimeSource = {
  // biome-ignore lint/style/noRestrictedGlobals: the one place that reads the real time; all else gets a Clock.
  now: () => Date.now(),
};
