import assert from 'node:assert/strict';
import { it } from 'node:test';
import { makeApiTypes } from '../scripts/api-types.ts';

it('the types of one server are the same each time they are made', async () => {
  const text = await makeApiTypes();
  assert.match(text, /^export interface paths \{$/m);
  assert.match(text, /^ {4}"\/api\/v1\/signin": \{$/m);
  assert.ok(text === (await makeApiTypes()));
});
