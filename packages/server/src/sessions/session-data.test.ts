import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AppError } from '../kernel/errors.ts';
import { applyMergePatch, checkSessionData, maxDataSize } from './session-data.ts';

/** The examples of RFC 7396, appendix A, in which both sides are objects. */
const examples: readonly (readonly [object, object, object])[] = [
  [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
  [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
  [{ a: 'b' }, { a: null }, {}],
  [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
  [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
  [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
  [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
  [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  [{ a: 1 }, { a: { b: null, c: { d: [null] } } }, { a: { c: { d: [null] } } }],
  [{}, { constructor: { prototype: null, a: 1 } }, { constructor: { a: 1 } }],
];

for (const [target, patch, result] of examples) {
  test(`${JSON.stringify(target)} with ${JSON.stringify(patch)}`, () => {
    const before = JSON.stringify(target);
    assert.deepEqual(applyMergePatch({ ...target }, { ...patch }), result);
    assert.equal(JSON.stringify(target), before);
  });
}

test('data is limited by the bytes of its JSON', () => {
  const fits = { a: 'é'.repeat((maxDataSize - '{"a":""}'.length) / 2) };
  assert.equal(Buffer.byteLength(JSON.stringify(fits)), maxDataSize);
  assert.equal(checkSessionData(fits), fits);
  assert.throws(
    () => checkSessionData({ a: `${fits.a}e` }),
    (error) => error instanceof AppError && error.code === 'INVALID_DATA',
  );
});
