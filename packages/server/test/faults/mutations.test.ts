import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { mutated, mutations } from './support/mutations/all.ts';

const root = join(import.meta.dirname, '../../../..');

test('each way to break the product still fits the code, breaks it, and names a test', () => {
  for (const mutation of mutations) {
    const broken = mutated(root, mutation);
    assert.notEqual(broken, readFileSync(join(root, mutation.file), 'utf8'), mutation.what);
    assert.ok(existsSync(join(root, mutation.test)), mutation.test);
  }
  assert.equal(new Set(mutations.map(({ what }) => what)).size, mutations.length);
});
