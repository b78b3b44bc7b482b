import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, newFolder } from './support/server-process.ts';
import { canConfine, readUnit, startUnit } from './support/unit.ts';

const server = readUnit('install-and-run.md');
const edge = readUnit('forward-authentication.md');
const noSystemd = spawnSync('systemd-analyze', ['--version']).status !== 0;
const confined = canConfine ? {} : { skip: 'only root may give a process another user and files of its own' };

/** A folder of nobody's, with another one for credentials, as systemd makes them. */
function foldersOf(t: TestContext, credentials: Readonly<Record<string, string>>) {
  const folder = newFolder();
  t.after(() => folder.remove());
  chmodSync(folder.path, 0o755);
  const [state, secrets] = [join(folder.path, 'state'), join(folder.path, 'credentials')];
  for (const path of [state, secrets]) {
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, 65_534, 65_534);
  }
  for (const [name, value] of Object.entries(credentials)) {
    writeFileSync(join(secrets, name), `${value}\n`, { mode: 0o400 });
    chownSync(join(secrets, name), 65_534, 65_534);
  }
  chmodSync(secrets, 0o500);
  return { state, secrets };
}

async function answers(url: string, status: number): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status === status) return;
    await sleep(20);
  }
  assert.fail(`${url} does not answer ${status}`);
}

describe('the units in the docs', () => {
  for (const [name, unit] of [
    ['latchkey.service', server],
    ['latchkey-forward-auth.service', edge],
  ] as const) {
    it(`${name} is one that systemd takes`, { skip: noSystemd && 'there is no systemd here' }, (t) => {
      const folder = newFolder();
      t.after(() => folder.remove());
      const file = join(folder.path, name);
      writeFileSync(file, unit.text);
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
      const said = stderr.split('\n').filter((line) => line.includes(name));
      assert.deepEqual([status, said], [0, []]);
      assert.deepEqual([unit.get('Restart'), unit.get('RestartPreventExitStatus')], ['on-failure', '2']);
    });
  }

  it('start a server that stores in its own folder, and stops with 0', confined, async (t) => {
    const { state, secrets } = foldersOf(t, { 'master-key': '00112233445566778899aabbccddeeff'.repeat(2) });
    const PORT = await freePort();
    const child = startUnit(server, {
      PORT,
      LATCHKEY_DATA_DIR: state,
      LATCHKEY_MASTER_KEY_FILE: join(secrets, 'master-key'),
    });
    t.after(() => child.kill('SIGKILL'));
    const stderr = text(child.stderr!);
    const ended = once(child, 'exit');
    await answers(`http://127.0.0.1:${PORT}/health/ready`, 200);
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    assert.equal(await stderr, '');
  });

  it('start forward authentication, which stops with 0', confined, async (t) => {
    const { secrets } = foldersOf(t, { 'service-key': 'lks_none' });
    const PORT = await freePort();
    const child = startUnit(edge, { PORT, LATCHKEY_SERVICE_KEY_FILE: join(secrets, 'service-key') });
    t.after(() => child.kill('SIGKILL'));
    const stderr = text(child.stderr!);
    const ended = once(child, 'exit');
    await answers(`http://127.0.0.1:${PORT}/health/alive`, 200);
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    assert.equal(await stderr, '');
  });

  it('end with 2 where a credential is missing, so that they are not started again', confined, async (t) => {
    const { state, secrets } = foldersOf(t, {});
    for (const unit of [server, edge]) {
      const child = startUnit(unit, {
        LATCHKEY_DATA_DIR: state,
        LATCHKEY_MASTER_KEY_FILE: join(secrets, 'none'),
        LATCHKEY_SERVICE_KEY_FILE: join(secrets, 'none'),
      });
      const [stderr, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit')]);
      assert.equal(code, 2);
      assert.match(stderr, /^CONFIGURATION: LATCHKEY_\w+ cannot be read from the file .* \(ENOENT\)\.$/m);
    }
  });
});
