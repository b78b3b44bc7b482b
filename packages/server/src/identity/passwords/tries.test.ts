import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movableClock } from '../../../test/support/clock.ts';
import { isBlocked, noTries, tooManyTriesError, tryLimits } from './tries.ts';

test('the first four failures cost no wait, then it doubles up to a quarter of an hour', () => {
  const seconds = tryLimits.waits.map((wait) => wait / 1000);
  assert.deepEqual(seconds.slice(0, 7), [0, 0, 0, 0, 1, 2, 4]);
  assert.equal(seconds.at(-1), 900);
  assert.equal(tryLimits.most, 100);
});

test('a password is blocked until its wait is over, and while it is locked', () => {
  assert.equal(isBlocked(noTries, movableClock(0)), false);
  assert.equal(isBlocked({ failures: 5, waitUntil: 1000 }, movableClock(999)), true);
  assert.equal(isBlocked({ failures: 5, waitUntil: 1000 }, movableClock(1000)), false);
  assert.equal(isBlocked({ failures: 100, waitUntil: 1000, lockTime: 1 }, movableClock(9_000_000)), true);
});

test('a blocked try is told when to come again, in whole seconds, but not of a lock', () => {
  const waiting = tooManyTriesError({ failures: 5, waitUntil: 1001 }, movableClock(0));
  const locked = tooManyTriesError({ failures: 100, waitUntil: 0, lockTime: 1 }, movableClock(5000));
  assert.equal(waiting.code, 'TOO_MANY_REQUESTS');
  assert.equal(waiting.details.retryAfter, 2);
  assert.equal(locked.details.retryAfter, 900);
  assert.equal(locked.details.detail, waiting.details.detail);
  assert.equal(tooManyTriesError({ failures: 5, waitUntil: 0 }, movableClock(0)).details.retryAfter, 1);
});
