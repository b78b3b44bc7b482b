import { AppError } from '../../kernel/errors.ts';

/** What wrong tries at a password have come to. Times are unix milliseconds. */
export interface Tries {
  /** Wrong ones since the last right one. */
  readonly failures: number;
  /** No try is looked at before this time. */
  readonly waitUntil: number;
  /** When it was locked; absent unless it is. */
  readonly lockTime?: number;
}

/** How wrong tries are slowed down. */
export interface TryLimits {
  /** Milliseconds to wait after the first failure, the second, and so on; the last holds for all that come after. */
  readonly waits: readonly number[];
  /** The failure that locks the password. */
  readonly most: number;
}

const longestWait = 15 * 60_000;

/**
 * After the fifth wrong try in a row a second goes by before the next one is looked at, then two, and so on up to a
 * quarter of an hour; the hundredth locks the password (NIST SP 800-63B-4, 3.2.2).
 */
export const tryLimits: TryLimits = {
  waits: [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900].map((seconds) => seconds * 1000),
  most: 100,
};

/** No tries yet. */
export const noTries: Tries = Object.freeze({ failures: 0, waitUntil: 0 });

/** Whether a try at the time is not looked at. */
export function isHeld(tries: Tries, now: number): boolean {
  return tries.lockTime !== undefined || now < tries.waitUntil;
}

/** What a try is told that is not looked at. A lock looks like the longest wait. */
export function tooManyTries(tries: Tries, now: number): AppError {
  const wait = tries.lockTime === undefined ? tries.waitUntil - now : longestWait;
  return new AppError('TOO_MANY_REQUESTS', {
    detail: 'The password was wrong too many times in a row. Wait as long as Retry-After says.',
    retryAfter: Math.max(1, Math.ceil(wait / 1000)),
  });
}
