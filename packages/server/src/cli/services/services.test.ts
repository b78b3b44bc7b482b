import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newInstallation } from '../testing.ts';

test('a service gets a key once; names are unique; a removed one is gone', async () => {
  const { run, dataDir } = newInstallation();
  const added = await run('services add billing --json');
  assert.equal(added.exitCode, 0, added.stderr);
  const { name, key, ...rest } = JSON.parse(added.stdout) as Record<string, string>;
  assert.equal(name, 'billing');
  assert.match(key!, /^lks_[A-Za-z0-9_-]{43}$/);
  assert.deepEqual(rest, {});
  assert.ok(!readFileSync(join(dataDir, 'latchkey.db'), 'latin1').includes(key!.slice(4)));
  assert.match((await run('services add search')).stdout, /^lks_[A-Za-z0-9_-]{43}\n$/);
  assert.equal((await run('services add billing')).exitCode, 1);
  assert.equal((await run('services add b@d')).exitCode, 1);
  const names = async () =>
    (JSON.parse((await run('services list --json')).stdout) as { data: { name: string }[] }).data.map(
      (row) => row.name,
    );
  assert.deepEqual(await names(), ['billing', 'search']);
  assert.equal((await run('services remove billing')).exitCode, 0);
  assert.deepEqual(await names(), ['search']);
  assert.equal((await run('services remove billing')).exitCode, 3);
});
