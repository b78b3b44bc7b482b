import type { Clock } from '../../kernel/clock/clock.ts';
import { AppError } from '../../kernel/errors.ts';

/** The wrong tries at a password. Times are unix milliseconds. */
export interface Tries {
  /** Wrong tries since the last right one. */
  readonly failures: number;
  /** Tries before this time are refused unseen. */
  readonly waitUntil: number;
  /** When it was locked; absent when it is not. */
  readonly lockTime?: number;
}

/** How wrong tries are slowed down. */
export interface TryLimits {
  /**
   * Milliseconds to wait after the first failure, the second, and so on; the last one applies to all that
   * follow.
   */
  readonly waits: readonly number[];
  /** The number of failures that locks the password. */
  readonly most: number;
}

const longestWait = 15 * 60_000;

/**
 * From the fifth wrong try in a row the next one must wait: one second, then two, doubling up to a quarter of
 * an hour. The hundredth locks the password (NIST SP 800-63B-4, 3.2.2).
 */
export const tryLimits: TryLimits = {
  waits: [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900].map((seconds) => seconds * 1000),
  most: 100,
};

/** No wrong tries yet. */
export const noTries: Tries = Object.freeze({ failures: 0, waitUntil: 0 });

/** Whether a try now is refused unseen, because of a wait or a lock. */
export function isBlocked(tries: Tries, clock: Clock): boolean {
  return tries.lockTime !== undefined || waitOf(tries, clock) > 0;
}

/** The error for a blocked try. A lock looks like the longest wait. */
export function tooManyTriesError(tries: Tries, clock: Clock): AppError {
  const wait = tries.lockTime === undefined ? waitOf(tries, clock) : longestWait;
  return new AppError('TOO_MANY_REQUESTS', {
    detail: 'The password was wrong too many times in a row. Wait as long as Retry-After says.',
    retryAfter: Math.max(1, Math.ceil(wait / 1000)),
  });
}

function waitOf({ failures, waitUntil }: Tries, clock: Clock): number {
  const { waits } = tryLimits;
  return clock.remaining(waitUntil, waits[Math.min(failures, waits.length) - 1] ?? 0);
}
