import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newInstallation } from '../testing.ts';

test('keys are listed and rotated', async () => {
  const { run } = newInstallation();
  await run('migrate');
  const keys = async (verb: string) =>
    (JSON.parse((await run(`${verb} --json`)).stdout) as { data: { kid: string; state: string }[] }).data;
  const before = await keys('keys list');
  assert.deepEqual(
    before.map(({ state }) => state),
    ['current', 'next'],
  );
  const after = await keys('keys rotate');
  assert.deepEqual(
    after.map(({ state }) => state),
    ['current', 'next', 'previous'],
  );
  assert.deepEqual([after[0]!.kid, after[2]!.kid], [before[1]!.kid, before[0]!.kid]);
  assert.match((await run('keys rotate')).stdout, /signs from 20\d\d-/);
  assert.ok(!(await run('keys list --json')).stdout.includes('"d"'));
});
