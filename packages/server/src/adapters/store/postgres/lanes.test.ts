import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fewest, shareOut } from './lanes.ts';

test('connections are shared out among the lanes: each has one, and together they are the total', () => {
  for (let total = fewest; total <= 200; total += 1) {
    const sizes = Object.values(shareOut(total));
    assert.ok(
      sizes.every((size) => size >= 1),
      `${total}: ${sizes}`,
    );
    assert.equal(
      sizes.reduce((sum, size) => sum + size),
      total,
    );
  }
  assert.deepEqual(shareOut(10), { heartbeats: 1, feed: 2, checks: 2, writes: 3, lists: 2 });
});
