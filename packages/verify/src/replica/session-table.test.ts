import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { SessionTable } from './session-table.ts';

const word = () => Math.floor(Math.random() * 2 ** 32);
const newId = () => Uint32Array.of(word(), word(), word(), word());

test('a million ended sessions fit into 64 MiB and are all found', () => {
  const table = new SessionTable();
  const ids = Array.from({ length: 1_000_000 }, newId);
  for (const id of ids) table.add(id, { expiresAt: 1_790_000_000, keepUntil: 100 });
  assert.equal(table.size, 1_000_000);
  assert.ok(table.bytes <= 64 * 2 ** 20, `${table.bytes} bytes`);
  assert.ok(ids.every((id) => table.has(id)));
  for (let count = 0; count < 100_000; count += 1) assert.ok(!table.has(newId()));
});

test('an id of zeros is an ordinary id', () => {
  const table = new SessionTable();
  assert.ok(!table.has(new Uint32Array(4)));
  table.add(new Uint32Array(4), { expiresAt: 0, keepUntil: 0 });
  assert.ok(table.has(new Uint32Array(4)));
});

test('an entry goes only when both clocks are past it', () => {
  const id = newId();
  const table = new SessionTable();
  table.add(id, { expiresAt: 1000, keepUntil: 50 });
  for (const clocks of [
    { server: 1000, monotonic: 51 },
    { server: 1001, monotonic: 50 },
    { server: 9999, monotonic: 10 },
    { server: 10, monotonic: 9999 },
  ]) {
    table.sweep(1024, clocks);
    assert.ok(table.has(id), JSON.stringify(clocks));
  }
  table.add(id, { expiresAt: 900, keepUntil: 60 });
  table.add(id, { expiresAt: 900, keepUntil: 10 });
  table.sweep(1024, { server: 1001, monotonic: 60 });
  assert.ok(table.has(id), 'the longer life counts');
  table.sweep(1024, { server: 1001, monotonic: 61 });
  assert.ok(!table.has(id));
  assert.equal(table.size, 0);
});

test('behaves like a map, collisions and sweeps included', () => {
  // Few first words, at the end of the table too, so that runs collide and wrap around.
  const id = fc
    .tuple(fc.constantFrom(0, 1, 2, 1021, 1022, 1023), fc.nat(3))
    .map(([a, b]) => Uint32Array.of(a, b, 0, 7));
  const step = fc.oneof(
    fc.record({ add: id, expiresAt: fc.integer({ min: 1, max: 20 }) }),
    fc.record({ sweepAt: fc.nat(25) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const table = new SessionTable();
      const model = new Map<string, number>();
      for (const each of steps) {
        if ('add' in each) {
          const key = each.add.join();
          table.add(each.add, { expiresAt: each.expiresAt, keepUntil: 1 });
          model.set(key, Math.max(each.expiresAt, model.get(key) ?? 0));
        } else {
          // The sweep may start in the middle of a run that moves: twice around sees everything.
          table.sweep(1024, { server: each.sweepAt, monotonic: 2 });
          table.sweep(1024, { server: each.sweepAt, monotonic: 2 });
          for (const [key, expiresAt] of model) if (each.sweepAt > expiresAt) model.delete(key);
        }
        assert.equal(table.size, model.size);
        for (const key of model.keys())
          assert.ok(table.has(Uint32Array.from(key.split(',').map(Number))), key);
      }
    }),
    { numRuns: 500 },
  );
});

test('gives memory back after a wave', () => {
  const table = new SessionTable();
  for (let count = 0; count < 50_000; count += 1) table.add(newId(), { expiresAt: 1, keepUntil: 1 });
  const full = table.bytes;
  for (let round = 0; round < 200; round += 1) table.sweep(4096, { server: 2, monotonic: 2 });
  assert.equal(table.size, 0);
  assert.ok(table.bytes < full / 8);
});
