import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exitCodes } from './frame/exit-codes.ts';
import { newInstallation } from './testing.ts';

const reading = [
  'accounts list',
  'accounts export',
  'roles list ada',
  'sessions list',
  'services list',
  'keys list',
  'mail list',
];

test('a verb that only reads creates nothing, and says where no database is', async () => {
  const { run, dataDir } = newInstallation();
  for (const verb of reading) {
    const { exitCode, stdout, stderr } = await run(verb);
    assert.deepEqual([exitCode, stdout], [exitCodes.refused, ''], verb);
    assert.match(stderr, /^STORE: There is no database of Latchkey at .+\n$/);
    assert.ok(stderr.includes(join(dataDir, 'latchkey.db')), stderr);
    const { error } = JSON.parse((await run(`${verb} --json`)).stderr) as { error: { code: string } };
    assert.equal(error.code, 'STORE');
  }
  assert.equal((await run('doctor')).exitCode, exitCodes.done);
  assert.equal((await run('config')).exitCode, exitCodes.done);
  assert.ok(!existsSync(dataDir));
});

test('a verb that only reads creates no keys in the place of lost ones', async () => {
  const { run, dataDir } = newInstallation();
  assert.equal((await run('migrate')).exitCode, exitCodes.done);
  const keys = join(dataDir, 'keys.json');
  rmSync(keys);
  for (const verb of reading) {
    const { exitCode, stdout, stderr } = await run(verb);
    assert.deepEqual([exitCode, stdout], [exitCodes.refused, ''], verb);
    assert.match(stderr, /^KEYS: There are no keys in .+keys\.json\..+\n$/);
  }
  const doctor = await run('doctor');
  assert.equal(doctor.exitCode, exitCodes.refused);
  assert.match(doctor.stdout, /^failed {3}keys: There are no keys in /m);
  assert.ok(!existsSync(keys));
});
