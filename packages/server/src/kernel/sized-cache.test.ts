import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SizedCache } from './sized-cache.ts';

test('never holds more than its bytes, whatever the values take', () => {
  const cache = new SizedCache<number, string>(1000);
  for (let key = 0; key < 10_000; key += 1) {
    cache.set(key, 'a value', (key * 7919) % 700);
    assert.ok(cache.bytes <= 1000, `${cache.bytes}`);
  }
  assert.ok(cache.size > 0);
});

test('keeps what fits, and drops the oldest first', () => {
  const cache = new SizedCache<string, number>(100);
  for (const [at, key] of ['a', 'b', 'c', 'd', 'e'].entries()) cache.set(key, at, 25);
  assert.deepEqual(
    ['a', 'b', 'c', 'd', 'e'].map((key) => cache.get(key)),
    [undefined, undefined, 2, 3, 4],
  );
  assert.equal(cache.bytes, 75);
});

test('does not keep a value that is too large, nor the one that it replaces', () => {
  const cache = new SizedCache<string, string>(100);
  cache.set('a', 'small', 10);
  cache.set('a', 'large', 51);
  assert.deepEqual([cache.get('a'), cache.size, cache.bytes], [undefined, 0, 0]);
});

test('counts what is replaced, deleted and dropped', () => {
  const cache = new SizedCache<string, string>(100);
  cache.set('a', 'one', 20);
  cache.set('a', 'two', 30);
  assert.deepEqual([cache.get('a'), cache.size, cache.bytes], ['two', 1, 30]);
  cache.set('b', 'one', 10);
  cache.turn();
  cache.set('c', 'one', 5);
  cache.delete('a');
  assert.deepEqual([cache.size, cache.bytes], [2, 15]);
  cache.deleteWhere((value) => value === 'one');
  assert.deepEqual([cache.size, cache.bytes], [0, 0]);
  cache.set('d', 'four', 5);
  cache.clear();
  assert.deepEqual([cache.get('d'), cache.size, cache.bytes], [undefined, 0, 0]);
});
