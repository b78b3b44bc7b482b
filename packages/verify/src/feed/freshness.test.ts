import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Freshness } from './freshness.ts';

const at = (ms: number, wall = ms): { monotonic: number; wall: number } => ({ monotonic: ms, wall });

test('there is no contact before the first message', () => {
  const freshness = new Freshness();
  assert.equal(freshness.age(0, 0), Number.POSITIVE_INFINITY);
  assert.equal(freshness.serverTime(0, 0), Number.NaN);
});

test('contact is when the replica has reached the head that was named', () => {
  const freshness = new Freshness();
  freshness.note({ head: 5, time: 0 }, 5, at(100));
  assert.equal(freshness.age(150, 150), 50);
  freshness.note({ head: 9, time: 0 }, 5, at(200));
  assert.equal(freshness.age(250, 250), 150, 'behind the head is no contact');
  freshness.note({ head: 12, time: 0 }, 9, at(300));
  assert.equal(freshness.age(350, 350), 150, 'the head of 200 was reached, though the log has gone on');
});

test('who never quite catches up with a log that grows is in contact, as late as it is behind', () => {
  const freshness = new Freshness();
  freshness.note({ head: 4, time: 0 }, 3, at(100));
  freshness.note({ head: 6, time: 0 }, 3, at(200));
  freshness.note({ head: 8, time: 0 }, 5, at(300));
  assert.equal(freshness.age(350, 350), 250, 'the head of 100 was reached, though that of 200 was not');
});

test('a message of a server that is behind is no contact', () => {
  const freshness = new Freshness();
  freshness.note({ head: 5, time: 0 }, 5, at(100));
  freshness.note({ head: 3, time: 0 }, 5, at(200));
  assert.equal(freshness.age(300, 300), 200);
});

test('the clock that shows more counts: one stops in sleep, the other may be set back', () => {
  const freshness = new Freshness();
  freshness.note({ head: 0, time: 0 }, 0, at(100, 5000));
  assert.equal(freshness.age(110, 65_000), 60_000);
  assert.equal(freshness.age(60_100, 100), 60_000);
});

test('tells the difference of the clocks, and the time of the server', () => {
  const freshness = new Freshness();
  freshness.note({ head: 0, time: 1000 }, 0, at(50, 900_700));
  assert.equal(freshness.clockDifference, 100);
  assert.equal(freshness.serverTime(2050, 0), 1_003_000);
  assert.equal(freshness.serverTime(2050, 1_002_300), 1_002_300);
  assert.equal(freshness.serverTime(2050, 1_004_000), 1_003_000);
});

test('the server’s time goes on by our clock, and back only when it leaps back', () => {
  const freshness = new Freshness();
  assert.equal(freshness.note({ head: 0, time: 1000 }, 0, at(0)), false);
  assert.equal(freshness.note({ head: 0, time: 1001 }, 0, at(2000)), false, 'late, or set back a little');
  assert.equal(freshness.serverTime(2000, 0), 1_003_000);
  assert.equal(freshness.note({ head: 0, time: 5000 }, 0, at(3000)), false);
  assert.equal(freshness.serverTime(3000, 0), 5_001_000);
  assert.equal(freshness.note({ head: 0, time: 1004 }, 0, at(4000)), true);
  assert.equal(freshness.serverTime(4500, 0), 1_005_500);
});
