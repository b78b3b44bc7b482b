import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, newFolder } from './support/server-process.ts';

const root = join(import.meta.dirname, '../../../..');

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  it(`npm start hands ${signal} on to the server, and exits with its code`, async (t) => {
    const folder = newFolder();
    t.after(() => folder.remove());
    const PORT = await freePort();
    const { PATH = '', HOME = '' } = process.env;
    const npm = spawn('npm', ['start'], {
      cwd: root,
      env: { PATH, HOME, PORT, LATCHKEY_DATA_DIR: folder.path },
      // A group of its own, so that what is left of it can be ended whatever happens.
      detached: true,
    });
    t.after(() => endGroup(npm.pid!));
    let output = '';
    npm.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    const exited = once(npm, 'exit');
    while (!output.includes('Latchkey is ready')) await sleep(20);
    npm.kill(signal);
    const [code] = await exited;
    assert.equal(code, 0);
    assert.match(output, /"msg":"stopped"/);
    await assert.rejects(fetch(`http://127.0.0.1:${PORT}/health/alive`), 'the server still runs');
  });
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}
