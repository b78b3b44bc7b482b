import assert from 'node:assert/strict';
import { test } from 'node:test';
import { given } from './given.ts';

test('what is undefined is left out; null, false, zero and empty texts are not', () => {
  const active: boolean | undefined = [][0];
  const left: { active?: boolean; search: string | null } = given({ active, search: null });
  assert.deepEqual(Object.entries(left), [['search', null]]);
  assert.deepEqual(given({ a: false, b: 0, c: '', d: undefined }), { a: false, b: 0, c: '' });
});
