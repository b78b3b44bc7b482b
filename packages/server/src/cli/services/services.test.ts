import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
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

test('keys are listed and rotated', async () => {
  const { run } = newInstallation();
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

test('a session that there is not is not found', async () => {
  const { run } = newInstallation();
  for (const id of ['AAAAAAAAAAAAAAAAAAAAAA', 'nonsense']) {
    assert.equal((await run(`sessions close ${id}`)).exitCode, 3);
  }
  assert.deepEqual(JSON.parse((await run('sessions list --json')).stdout), { data: [] });
  assert.equal((await run('sessions list --user nobody')).exitCode, 3);
});

test('doctor makes nothing, finds a healthy installation healthy, and says what is wrong', async () => {
  const { run, dataDir } = newInstallation();
  assert.equal((await run('doctor')).exitCode, 0);
  assert.ok(!existsSync(dataDir));
  assert.equal((await run('migrate')).exitCode, 0);
  const healthy = await run('doctor --json');
  assert.equal(healthy.exitCode, 0);
  const { ok, checks } = JSON.parse(healthy.stdout) as {
    ok: boolean;
    checks: { name: string; result: string }[];
  };
  assert.equal(ok, true);
  assert.deepEqual(
    checks.map(({ name, result }) => `${name} ${result}`),
    ['settings ok', 'data folder ok', 'database ok', 'keys ok', 'clock ok'],
  );
  chmodSync(join(dataDir, 'keys.json'), 0o644);
  const readable = await run('doctor');
  assert.equal(readable.exitCode, 1);
  assert.match(readable.stdout, /^failed {3}keys: Others can read/m);
  chmodSync(join(dataDir, 'keys.json'), 0o600);
  writeFileSync(join(dataDir, 'latchkey.db'), 'no database '.repeat(1000));
  const damaged = await run('doctor');
  assert.equal(damaged.exitCode, 1);
  assert.match(damaged.stdout, /^failed {3}database: /m);
  const refused = await run('services list');
  assert.equal(refused.exitCode, 1);
  assert.match(refused.stderr, /^STORE: .+\n$/);
});
