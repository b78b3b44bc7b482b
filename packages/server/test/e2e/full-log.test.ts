import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, newFolder } from './support/server-process.ts';

const main = join(import.meta.dirname, '../../src/main.ts');

it('a server whose log is on a full disk serves, and ends when it is told to', {
  timeout: 30_000,
}, async (t) => {
  const folder = newFolder();
  t.after(() => folder.remove());
  const PORT = await freePort();
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    PORT,
    LATCHKEY_DATA_DIR: folder.path,
    LATCHKEY_DRAIN: '0',
    LATCHKEY_LOG_LEVEL: 'trace',
  };
  const child = spawn(process.execPath, [main, 'serve'], {
    env,
    stdio: ['ignore', openSync('/dev/full', 'w'), 'ignore'],
  });
  t.after(() => child.kill('SIGKILL'));
  const ready = () => fetch(`http://127.0.0.1:${PORT}/health/ready`).catch(() => undefined);
  while ((await ready())?.status !== 200) await sleep(50);
  // Each wrong path is a line.
  for (let i = 0; i < 20; i += 1) assert.equal((await fetch(`http://127.0.0.1:${PORT}/nowhere`)).status, 404);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [, signal] = await ended;
  assert.equal(signal, null);
});
