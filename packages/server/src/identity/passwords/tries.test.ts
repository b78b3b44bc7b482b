import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHeld, noTries, tooManyTries, tryLimits } from './tries.ts';

test('the first four failures cost no wait, then it doubles up to a quarter of an hour', () => {
  const seconds = tryLimits.waits.map((wait) => wait / 1000);
  assert.deepEqual(seconds.slice(0, 7), [0, 0, 0, 0, 1, 2, 4]);
  assert.equal(seconds.at(-1), 900);
  assert.equal(tryLimits.most, 100);
});

test('a password is held until its wait is over, and while it is locked', () => {
  assert.equal(isHeld(noTries, 0), false);
  assert.equal(isHeld({ failures: 5, waitUntil: 1000 }, 999), true);
  assert.equal(isHeld({ failures: 5, waitUntil: 1000 }, 1000), false);
  assert.equal(isHeld({ failures: 100, waitUntil: 1000, lockTime: 1 }, 9_000_000), true);
});

test('whoever is held is told when to come again, in whole seconds, and not that it is locked', () => {
  const waiting = tooManyTries({ failures: 5, waitUntil: 1001 }, 0);
  const locked = tooManyTries({ failures: 100, waitUntil: 0, lockTime: 1 }, 5000);
  assert.equal(waiting.code, 'TOO_MANY_REQUESTS');
  assert.equal(waiting.details.retryAfter, 2);
  assert.equal(locked.details.retryAfter, 900);
  assert.equal(locked.details.detail, waiting.details.detail);
  assert.equal(tooManyTries({ failures: 5, waitUntil: 0 }, 0).details.retryAfter, 1);
});
