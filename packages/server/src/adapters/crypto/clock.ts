import type { Clock } from '../../kernel/ports.ts';

/** The machine's wall clock. */
export const systemClock: Clock = {
  // biome-ignore lint/style/noRestrictedGlobals: the one place that reads the real time; all else gets a Clock.
  now: () => Date.now(),
};
