import assert from 'node:assert/strict';
import { test } from 'node:test';
import { movableClock } from '../../../test/support/clock.ts';
import { maxSkew } from './clock.ts';

const start = 1_790_000_000_000;
const hour = 3600_000;
const month = 30 * 24 * hour;
const never = Number.MAX_SAFE_INTEGER;

test('while the clock is right, a wait holds until its end, and what has happened is past', () => {
  const clock = movableClock(start);
  assert.equal(clock.remaining(start + hour, hour), hour);
  assert.equal(clock.remaining(start, hour), 0);
  assert.equal(clock.past(start - 1), start - 1);
  assert.deepEqual(clock.holding(hour), { after: start, upTo: never });
  assert.deepEqual(clock.since(hour), { after: start - hour, upTo: never });
  assert.equal(clock.setBack(), undefined);
});

test('clocks of instances may differ a little', () => {
  const clock = movableClock(start);
  assert.equal(clock.remaining(start + hour + maxSkew, hour), hour + maxSkew);
  assert.equal(clock.past(start + maxSkew), start + maxSkew);
  clock.move(-maxSkew);
  assert.equal(clock.setBack(), undefined);
});

test('what a clock that was ahead has stored counts from when it was set back', () => {
  const clock = movableClock(start);
  clock.move(month);
  const stored = clock.now();
  clock.move(-month);
  assert.equal(clock.past(stored), start);
  assert.deepEqual(clock.setBack(), { latest: stored, to: start });
  assert.equal(clock.remaining(stored + hour, hour), hour);
  assert.equal(clock.holding(hour).upTo, never);
  clock.move(hour - 1);
  assert.equal(clock.remaining(stored + hour, hour), 1);
  clock.move(1);
  assert.equal(clock.remaining(stored + hour, hour), 0);
  assert.equal(clock.past(stored), start);
  assert.deepEqual(clock.holding(hour), { after: start + hour, upTo: start + 2 * hour + maxSkew });
  assert.deepEqual(clock.since(hour), { after: start, upTo: start + hour + maxSkew });
  assert.equal(clock.remaining(start + 2 * hour, hour), hour, 'what was stored since is as ever');
});

test('a clock that was behind changes nothing once it is right', () => {
  const clock = movableClock(start);
  clock.now();
  clock.move(-start);
  assert.equal(clock.remaining(start + hour, hour), hour);
  clock.move(hour);
  assert.equal(clock.remaining(start + hour, hour), 0);
  clock.move(start - hour / 2);
  assert.equal(clock.remaining(start + hour, hour), hour / 2);
  assert.equal(clock.setBack(), undefined);
});

test('going back once more, what is ahead counts from then; going on, from the first', () => {
  const clock = movableClock(start);
  const ahead = start + month;
  assert.equal(clock.past(ahead), start);
  clock.move(-hour);
  assert.equal(clock.past(ahead), start - hour);
  clock.move(10 * hour);
  assert.equal(clock.past(ahead), start - hour);
});

test('a process learns from another one, if it lies ahead', () => {
  const clock = movableClock(start);
  clock.learn({ latest: start + maxSkew, to: start - hour });
  assert.equal(clock.setBack(), undefined);
  clock.learn({ latest: start + month, to: start - hour });
  assert.deepEqual(clock.setBack(), { latest: start + month, to: start - hour });
  clock.learn({ latest: start + hour, to: start });
  assert.deepEqual(clock.setBack(), { latest: start + month, to: start - hour });
  const other = movableClock(start);
  other.learn({ latest: start + month });
  assert.deepEqual(other.setBack(), { latest: start + month, to: start });
});
