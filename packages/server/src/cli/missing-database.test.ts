import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { exitCodes } from './frame/exit-codes.ts';
import { newInstallation } from './testing.ts';
import { verbs } from './verbs.ts';

const password = 'a garden of paper cranes';

const reading = [
  'accounts list',
  'accounts export',
  'roles list ada',
  'sessions list',
  'services list',
  'keys list',
  'mail list',
];

/** They change what is there, so there must be something. */
const changing = [
  'accounts disable ada',
  'accounts enable ada',
  'accounts set-password ada --password-stdin',
  'accounts delete ada --yes',
  'roles grant ada admin',
  'roles revoke ada admin',
  'sessions close AAAAAAAAAAAAAAAAAAAAAA',
  'sessions close --all --yes',
  'services remove orders',
  'keys rotate',
  'keys revoke AAAA',
  'mail retry 1',
];

/** They may be the first step of an installation. */
const creating = ['migrate', 'accounts create', 'accounts import', 'services add'];
const others = ['serve', 'forward-auth', 'doctor', 'config', 'copy'];

test('it is decided of every verb whether it creates an installation', async () => {
  const decided = [...reading, ...changing, ...creating, ...others];
  for (const { verb, load } of verbs) {
    assert.ok(
      decided.some((args) => args === verb || args.startsWith(`${verb} `)),
      verb,
    );
    assert.equal((await load()).command.creates === true, creating.includes(verb), verb);
  }
});

test('only a first step creates an installation; every other verb says where none is', async () => {
  const { run, dataDir } = newInstallation();
  for (const verb of [...reading, ...changing]) {
    const { exitCode, stdout, stderr } = await run(verb, password);
    assert.deepEqual([exitCode, stdout], [exitCodes.refused, ''], verb);
    assert.match(stderr, /^STORE: There is no database of Latchkey at .+\n$/);
    assert.ok(stderr.includes(join(dataDir, 'latchkey.db')), stderr);
    const { error } = JSON.parse((await run(`${verb} --json`, password)).stderr) as {
      error: { code: string };
    };
    assert.equal(error.code, 'STORE');
  }
  assert.equal((await run('doctor')).exitCode, exitCodes.done);
  assert.equal((await run('config')).exitCode, exitCodes.done);
  assert.ok(!existsSync(dataDir));
});

test('no keys are created in the place of lost ones', async () => {
  const { run, dataDir } = newInstallation();
  assert.equal((await run('migrate')).exitCode, exitCodes.done);
  const keys = join(dataDir, 'keys.json');
  rmSync(keys);
  for (const verb of [...reading, ...changing]) {
    const { exitCode, stdout, stderr } = await run(verb, password);
    assert.deepEqual([exitCode, stdout], [exitCodes.refused, ''], verb);
    assert.match(stderr, /^KEYS: There are no keys in .+keys\.json\..+\n$/);
  }
  const doctor = await run('doctor');
  assert.equal(doctor.exitCode, exitCodes.refused);
  assert.match(doctor.stdout, /^failed {3}keys: There are no keys in /m);
  assert.ok(!existsSync(keys));
});
