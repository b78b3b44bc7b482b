import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, newFolder } from './support/server-process.ts';

const root = join(import.meta.dirname, '../../../..');

interface NpmRun {
  readonly npm: ChildProcess;
  readonly url: string;
  output(): string;
}

/** Runs npm with these words, and waits until the server that it starts is ready. */
async function runNpm(t: TestContext, command: string, words: readonly string[]): Promise<NpmRun> {
  const folder = newFolder();
  const PORT = await freePort();
  const { PATH = '', HOME = '' } = process.env;
  const npm = spawn(command, words, {
    cwd: root,
    env: { PATH, HOME, PORT, LATCHKEY_DATA_DIR: folder.path },
    // A group of its own, so that what is left of it can be ended whatever happens.
    detached: true,
  });
  t.after(() => {
    endGroup(npm.pid!);
    folder.remove();
  });
  let output = '';
  npm.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  while (!output.includes('Latchkey is ready')) await sleep(20);
  return { npm, url: `http://127.0.0.1:${PORT}`, output: () => output };
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  it(`npm start hands ${signal} on to the server, and exits with its code`, {
    timeout: 30_000,
  }, async (t) => {
    const { npm, url, output } = await runNpm(t, 'npm', ['start']);
    const exited = once(npm, 'exit');
    npm.kill(signal);
    const [code] = await exited;
    assert.equal(code, 0);
    assert.match(output(), /"msg":"stopped"/);
    assert.doesNotMatch(output(), /not ready any more/, 'the next start would find its port in use');
    await assert.rejects(fetch(`${url}/health/alive`), 'the server still runs');
  });
}

it('^C, which the terminal sends to npm and to the server, stops it in order, also while it starts', {
  timeout: 30_000,
}, async (t) => {
  const { npm, output } = await runNpm(t, 'npm', ['start']);
  const exited = once(npm, 'exit');
  process.kill(-npm.pid!, 'SIGINT');
  await sleep(20);
  process.kill(-npm.pid!, 'SIGINT');
  await exited;
  assert.match(output(), /"msg":"stopped"/);
});

it('a server under npx stops in order when npm is told to', { timeout: 30_000 }, async (t) => {
  const { npm, url, output } = await runNpm(t, 'npx', ['latchkey', 'serve']);
  npm.kill('SIGTERM');
  while (!output().includes('"msg":"stopped"')) await sleep(20);
  await assert.rejects(fetch(`${url}/health/alive`), 'the server still runs');
});

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of it.
  }
}
