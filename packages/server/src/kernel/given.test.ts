import assert from 'node:assert/strict';
import { test } from 'node:test';
import { given } from './given.ts';

test('members that are undefined are left out, and all others kept', () => {
  const filter: { readonly active?: boolean; readonly search?: string; readonly take: number } = given({
    active: undefined as boolean | undefined,
    search: '' as string | undefined,
    take: 0,
  });
  assert.deepEqual(filter, { search: '', take: 0 });
  assert.ok(!('active' in filter));
  assert.deepEqual(given({ value: null, no: false }), { value: null, no: false });
});
