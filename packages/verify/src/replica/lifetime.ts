/** How long an entry is kept: it goes when both times have passed. */
export interface Lifetime {
  /** Unix seconds by the server's clock. */
  readonly expiresAt: number;
  /** Seconds of the local monotonic clock. */
  readonly keepUntil: number;
}

/** The two clocks by which entries age, in whole seconds. */
export interface Clocks {
  /** The server's time, estimated from its last message. */
  readonly server: number;
  /** A monotonic clock of this process. */
  readonly monotonic: number;
}

/**
 * How long to keep an entry that was written at `at` and expires at `expiresAt`, by the server's clock. There are two
 * conditions, so that a clock that jumps cannot bring a revoked session back. If the server's clock leaps ahead, the
 * entry still stays for its whole life by the monotonic clock. If it leaps back, the entry stays as long as tokens
 * can look alive by that clock.
 */
export function lifetimeOf(entry: { at: number; expiresAt: number }, monotonic: number): Lifetime {
  return { expiresAt: entry.expiresAt, keepUntil: monotonic + Math.max(0, entry.expiresAt - entry.at) };
}

/** Whether an entry may be forgotten. */
export function isOver(lifetime: Lifetime, clocks: Clocks): boolean {
  return clocks.server > lifetime.expiresAt && clocks.monotonic > lifetime.keepUntil;
}
