import assert from 'node:assert/strict';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { newInstallation } from '../testing.ts';

test('doctor makes nothing, finds a healthy installation healthy, and says what is wrong', async () => {
  const { run, dataDir } = newInstallation({ PORT: '1' });
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
    [
      'configuration ok',
      'data folder ok',
      'disk space ok',
      'database ok',
      'keys ok',
      'clock ok',
      // No server runs yet.
      'public URL warning',
      'mail server ok',
    ],
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

test('doctor says how far stored times lie ahead, and warns once the clock has gone on for an hour', async () => {
  const { run, dataDir } = newInstallation({ PORT: '1' });
  await run('migrate');
  const store = (latest: number, setBackTo: number | null) => {
    using database = new DatabaseSync(join(dataDir, 'latchkey.db'));
    database.prepare('update clock set latest = ?, set_back_to = ?').run(latest, setBackTo);
  };
  const hour = 3600_000;
  store(Date.now() + 71 * hour, null);
  assert.match((await run('doctor')).stdout, /^failed {3}clock: .* up to 3 days ahead: .* is behind, or/m);
  store(Date.now() + 71 * hour, Date.now() - 2 * hour);
  const settled = await run('doctor');
  assert.equal(settled.exitCode, 0);
  assert.match(settled.stdout, /^warning {2}clock: .* up to 3 days ahead/m);
});
