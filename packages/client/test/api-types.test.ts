import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import { apiTypes, apiTypesFile } from '../scripts/api-types.ts';

it('the types are those of the document that the server makes', async () => {
  const written = await readFile(apiTypesFile, 'utf8');
  assert.ok(written === (await apiTypes()), 'they are out of date: run npm run generate -w packages/client');
});
