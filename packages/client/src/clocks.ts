/** A moment by the two clocks of this machine, in milliseconds. */
export interface Moment {
  readonly monotonic: number;
  readonly wall: number;
}

/** This moment. */
export function now(): Moment {
  return { monotonic: performance.now(), wall: Date.now() };
}

/**
 * Milliseconds since the moment, by the clock that tells more: the monotonic one stops while the machine sleeps, the wall
 * clock can be set back.
 */
export function since({ monotonic, wall }: Moment): number {
  return Math.max(performance.now() - monotonic, Date.now() - wall);
}
