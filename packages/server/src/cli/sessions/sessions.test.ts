import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newInstallation } from '../testing.ts';

test('a session that does not exist is not found', async () => {
  const { run } = newInstallation();
  await run('migrate');
  for (const id of ['AAAAAAAAAAAAAAAAAAAAAA', 'nonsense']) {
    assert.equal((await run(`sessions close ${id}`)).exitCode, 3);
  }
  assert.deepEqual(JSON.parse((await run('sessions list --json')).stdout), { data: [] });
  assert.equal((await run('sessions list --user nobody')).exitCode, 3);
});
