import assert from 'node:assert/strict';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
