import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../../kernel/errors.ts';
import { changedParameters, checkParameters, isSectionId, type Parameters } from './settings.ts';

const code = (wanted: string) => (error: unknown) => error instanceof AppError && error.code === wanted;
const change = (present: Parameters, set: Parameters, increment: Record<string, number> = {}) =>
  changedParameters(present, { set, increment });

test('changes set, remove and add, and leave the rest', () => {
  const present = { a: 1, b: 'x', c: { deep: [1] }, d: 0.5 };
  assert.deepEqual(change(present, { b: null, e: false, gone: null }, { a: 2, d: 0.25, new: -3 }), {
    a: 3,
    c: { deep: [1] },
    d: 0.75,
    e: false,
    new: -3,
  });
  assert.deepEqual(present, { a: 1, b: 'x', c: { deep: [1] }, d: 0.5 });
  assert.deepEqual(change(present, {}), present);
});

test('only numbers are added to, and only while they stay exact', () => {
  for (const value of ['1', true, {}, []]) {
    assert.throws(() => change({ a: value }, {}, { a: 1 }), code('CONFLICT'), String(value));
  }
  assert.throws(() => change({ a: Number.MAX_SAFE_INTEGER }, {}, { a: 1 }), code('CONFLICT'));
  assert.throws(() => change({ a: 1e308 }, {}, { a: 1e308 }), code('CONFLICT'));
  assert.throws(() => change({}, { a: 1 }, { a: 1 }), code('INVALID_DATA'));
});

test('names are plain', () => {
  const names = ['', 'a b', 'ä', 'a'.repeat(65), '__proto__', 'a/b', 'a\n', 'a:b'];
  for (const name of names) {
    const parameters = JSON.parse(`{${JSON.stringify(name)}: 1}`);
    assert.throws(() => checkParameters(parameters), code('INVALID_DATA'), name);
    assert.throws(() => change({}, parameters), code('INVALID_DATA'), name);
    assert.throws(() => change({}, {}, parameters), code('INVALID_DATA'), name);
  }
  const odd = { 'A.b-c_9': 1, constructor: 2, toString: 3, hasOwnProperty: 4 };
  assert.deepEqual(checkParameters(odd), odd);
  assert.deepEqual(change({}, {}, { constructor: 2 }), { constructor: 2 });
});

test('there are 100 at most, of 16 KiB together, however they got there', () => {
  const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
  assert.equal(Object.keys(checkParameters(many(100))).length, 100);
  assert.throws(() => checkParameters(many(101)), code('INVALID_DATA'));
  assert.throws(() => change(many(100), { another: 1 }), code('INVALID_DATA'));
  assert.equal(Object.keys(change(many(100), { k0: null, another: 1 })).length, 100);
  const half = 'é'.repeat(4 * 1024);
  checkParameters({ a: half });
  assert.throws(() => checkParameters({ a: half, b: half }), code('INVALID_DATA'));
  assert.throws(() => change({ a: half }, { b: half }), code('INVALID_DATA'));
});

test('section ids', () => {
  for (const id of ['a', '1', 'A_b-9', 'x'.repeat(64)]) assert.ok(isSectionId(id), id);
  for (const id of ['', 'a.b', 'a b', 'x'.repeat(65), 'é', 'a\n', '../a']) assert.ok(!isSectionId(id), id);
});
