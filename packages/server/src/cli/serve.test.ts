import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { newInstallation } from './testing.ts';

const bin = fileURLToPath(new URL('../../bin/latchkey.js', import.meta.url));

function start(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [bin, ...args], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => (output.stdout += chunk));
  child.stderr?.on('data', (chunk) => (output.stderr += chunk));
  return { child, output, exit: once(child, 'close') as Promise<[number | null, string | null]> };
}

async function ready(child: ChildProcess, output: { stdout: string }): Promise<Record<string, unknown>[]> {
  const lines = () =>
    output.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  while (!output.stdout.includes('services add')) {
    assert.equal(child.exitCode, null, output.stdout);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return lines();
}

test('serve takes a free port, says what to do next in JSON lines, and stops with 0', async (t) => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { child, output, exit } = start(['serve'], {
      ...newInstallation().env,
      PORT: '0',
      LATCHKEY_DRAIN: '0',
    });
    t.after(() => child.kill('SIGKILL'));
    const lines = await ready(child, output);
    const { url } = lines.find((line) => typeof line.url === 'string') as { url: string };
    assert.equal((await fetch(`${url}/health/ready`)).status, 200);
    const told = lines.map((line) => line.msg).join('\n');
    assert.ok(
      told.includes(`${url}/docs`) &&
        told.includes('accounts create --admin') &&
        told.includes('services add NAME'),
    );
    child.kill(signal);
    assert.deepEqual(await exit, [0, null]);
    assert.equal(output.stderr, '');
  }
});

test('a port in use and an unknown host are one sentence and exit code 1', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const taken = start(['serve'], { ...newInstallation().env, PORT: String(port), HOST: '127.0.0.1' });
  assert.deepEqual(await taken.exit, [1, null]);
  assert.match(taken.output.stderr, /^EADDRINUSE: The port is in use.*\n$/);
  const unknown = start(['serve'], { ...newInstallation().env, PORT: '0', HOST: '192.0.2.1' });
  assert.deepEqual(await unknown.exit, [1, null]);
  assert.match(unknown.output.stderr, /^EADDRNOTAVAIL: HOST is not an address.*\n$/);
});
