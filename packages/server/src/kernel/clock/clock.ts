/** Where the time comes from. */
export interface TimeSource {
  /** Unix time in milliseconds. */
  now(): number;
}

/** That the wall clock was set back, or is behind: times may be stored that lie ahead of it. Unix milliseconds. */
export interface SetBack {
  /** The latest time that may be stored. */
  readonly latest: number;
  /** The time on the clock when it was first seen to be behind that. */
  readonly to: number;
}

/** Stored times that lie after `after`, and not after `upTo`. Unix milliseconds. */
export interface TimeRange {
  readonly after: number;
  readonly upTo: number;
}

/** By how much the clocks of an installation's instances may differ, 30 s each way. Milliseconds. */
export const maxSkew = 60_000;

/**
 * The wall clock, and what a stored time says by it. The clock may have been wrong when the time was stored, and may be
 * wrong now. So a time that lies further ahead than its longest wait counts as stored at the moment when the clock was
 * found set back: nothing holds longer than its longest wait from then, and nothing stored is changed by that, so all is
 * as before once the clock is right again. Durations are in milliseconds.
 */
export interface Clock extends TimeSource {
  /** For how long the stored end of a wait still holds; 0 when it is over. `longest` is the longest that the wait can be. */
  remaining(until: number, longest: number): number;
  /** When something happened, by its stored time: never ahead, but for the skew of instances. */
  past(time: number): number;
  /** Which stored ends of waits still hold: `remaining`, for queries. */
  holding(longest: number): TimeRange;
  /** Which stored times count as of the last `age` milliseconds: `past`, for queries. */
  since(age: number): TimeRange;
  /** Undefined while nothing that is stored can lie ahead of the clock. */
  setBack(): SetBack | undefined;
  /** Takes in what another process knows. Without `to` only that the time `latest` is stored. */
  learn(known: { readonly latest: number; readonly to?: number }): void;
}
