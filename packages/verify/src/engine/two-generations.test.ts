import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TwoGenerations } from './two-generations.ts';

test('never holds more than its size', () => {
  for (const size of [0, 1, 2, 7, 100]) {
    const cache = new TwoGenerations<number>(size);
    for (let count = 0; count < 1000; count += 1) {
      cache.set(`${count}`, count);
      cache.get(`${count % 13}`);
      assert.ok(cache.size <= size, `${cache.size} > ${size}`);
    }
  }
});

test('keeps what is looked up, and drops what is not', () => {
  const cache = new TwoGenerations<number>(10);
  cache.set('kept', 1);
  cache.set('lost', 2);
  for (let count = 0; count < 100; count += 1) {
    cache.set(`${count}`, count);
    assert.equal(cache.get('kept'), 1);
  }
  assert.equal(cache.get('lost'), undefined);
  assert.deepEqual([cache.hits, cache.misses], [100, 1]);
});

test('a value that is set again replaces the old one', () => {
  const cache = new TwoGenerations<number>(4);
  cache.set('a', 1);
  cache.set('b', 1);
  cache.set('c', 1);
  cache.set('a', 2);
  assert.equal(cache.get('a'), 2);
  cache.clear();
  assert.equal(cache.get('a'), undefined);
  assert.equal(cache.size, 0);
});
