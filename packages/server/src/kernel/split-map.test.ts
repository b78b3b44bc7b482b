import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { SplitMap } from './split-map.ts';

const newId = () => randomBytes(16).toString('base64url');

describe('a map in parts', () => {
  it('gets, sets and deletes as a Map does', () => {
    const map = new SplitMap<string, number>();
    const ids = ['', 'short', ...Array.from({ length: 1000 }, newId)];
    for (const [i, id] of ids.entries()) map.set(id, i);
    map.set(ids[7]!, -7);
    assert.equal(map.size, ids.length);
    assert.equal(map.get(ids[7]!), -7);
    assert.equal(map.get('short'), 1);
    assert.equal(map.get(newId()), undefined);
    map.delete(ids[7]!);
    map.delete(ids[7]!);
    map.delete(newId());
    assert.equal(map.size, ids.length - 1);
    assert.equal(map.get(ids[7]!), undefined);
  });

  it('takes each entry once, whichever part it is in', () => {
    const map = new SplitMap<string, number>();
    const ids = Array.from({ length: 1000 }, newId);
    for (const [i, id] of ids.entries()) map.set(id, i);
    const taken = new Map<string, number>();
    for (let rest = 1000; rest > 0; rest -= 70) {
      const some = map.take(70);
      assert.equal(some.size, Math.min(70, rest));
      for (const [id, value] of some) taken.set(id, value);
      assert.equal(map.size, 1000 - taken.size);
    }
    assert.deepEqual(new Set(taken.keys()), new Set(ids));
    assert.equal(map.take(1).size, 0);
  });

  it('takes the oldest of a part first, and leaves those that are not ripe', () => {
    const map = new SplitMap<string, number>();
    // All of one part.
    const idOf = (i: number) => `0123456789-${i}`;
    for (let i = 0; i < 10; i++) map.set(idOf(i), i);
    assert.deepEqual([...map.take(3).values()], [0, 1, 2]);
    assert.deepEqual([...map.take(5, (value) => value < 5).values()], [3, 4]);
    assert.equal(map.take(5, (value) => value < 5).size, 0);
    assert.equal(map.size, 5);
  });

  it('has no part that waits for the others', () => {
    const map = new SplitMap<string, string>();
    const fill = () => {
      for (const part of 'ABCD') {
        for (let i = 0; i < 10; i++) map.set(`0123456789${part}${newId()}`, part);
      }
    };
    fill();
    const seen = new Set<string>();
    for (let i = 0; i < 4; i++) {
      for (const part of map.take(5).values()) seen.add(part);
      fill();
    }
    assert.deepEqual([...seen].sort(), ['A', 'B', 'C', 'D']);
  });
});
