import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { exitCodes } from './frame/exit-codes.ts';
import { newInstallation } from './testing.ts';

const bin = fileURLToPath(new URL('../../bin/latchkey.js', import.meta.url));
const nobody = 65_534;

/** Runs a command as a user who is not root: rights mean nothing to root. */
function runWithoutRights(args: string, env: Readonly<Record<string, string>>) {
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args.split(' ')], {
    ...user,
    env,
    encoding: 'utf8',
  });
  return { exitCode: status, stdout, stderr };
}

const { run, dataDir, env } = newInstallation();
const file = join(dataDir, 'latchkey.db');

test('an installation that this user may not read is not taken for none', async () => {
  assert.equal((await run('migrate')).exitCode, 0);
  chmodSync(dirname(dataDir), 0o755);
  // First the folder is closed, then only the file.
  for (const [folderMode, fileMode] of [
    [0o600, 0o600],
    [0o755, 0o000],
  ] as const) {
    chmodSync(file, fileMode);
    chmodSync(dataDir, process.getuid?.() === 0 || folderMode === 0o755 ? folderMode : 0o000);
    const { exitCode, stdout, stderr } = runWithoutRights('accounts list', env);
    assert.deepEqual([exitCode, stdout], [exitCodes.refused, '']);
    assert.equal(
      stderr,
      `STORE: The database ${file} cannot be opened: this user may not read and write it. Run this as the user of the server, or as root.\n`,
    );
    const doctor = runWithoutRights('doctor', env);
    assert.equal(doctor.exitCode, exitCodes.refused);
    assert.match(doctor.stdout, /^failed {3}database: The database .+ cannot be opened: this user may not/m);
  }
  chmodSync(dataDir, 0o700);
});

test('doctor tells when the data folder cannot be created', () => {
  chmodSync(dirname(dataDir), 0o755);
  const parent = join(dirname(dataDir), 'closed');
  mkdirSync(parent, { mode: 0o555 });
  chmodSync(parent, 0o555);
  const wanted = join(parent, 'data');
  const { exitCode, stdout } = runWithoutRights('doctor', { ...env, LATCHKEY_DATA_DIR: wanted });
  assert.equal(exitCode, exitCodes.refused);
  assert.match(
    stdout,
    /^failed {3}data folder: There is none yet, and this user cannot create it: .+closed/m,
  );
});
