import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { exitCodes } from './frame/exit-codes.ts';
import { newInstallation } from './testing.ts';

const bin = fileURLToPath(new URL('../../bin/latchkey.js', import.meta.url));
const password = 'correct horse battery staple';

/** Runs a command at a real terminal, which `script` makes, and types the answer once it asks. */
async function atTerminal(args: string, env: Record<string, string>, answer: string) {
  const command = `exec '${process.execPath}' '${bin}' ${args}`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { PATH: process.env.PATH ?? '', TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let shown = '';
  child.stdout.on('data', (chunk: Buffer) => (shown += chunk));
  const ended = once(child, 'close');
  while (!/\? \[y\/N\] |Password: /.test(shown)) {
    assert.equal(child.exitCode, null, shown);
    await sleep(20);
  }
  child.stdin.write(answer);
  const [code] = (await ended) as [number];
  child.stdin.end();
  return { code, shown };
}

test('a question is asked at a terminal, and only yes does it', {
  skip: process.platform !== 'linux',
}, async () => {
  const { run, env } = newInstallation();
  for (const login of ['ada', 'ben']) {
    await run(`accounts create --login ${login} --name N --password-stdin`, password);
  }
  const present = async () => (await run('accounts list')).stdout.includes('ada');
  for (const answer of ['n\r', '\r', 'hunter\r', '\x04', '\x03']) {
    const { code, shown } = await atTerminal('accounts delete ada', env, answer);
    assert.equal(code, exitCodes.refused, shown);
    assert.match(shown, /Delete the account \d+, ada \(N\), for good\? \[y\/N\]/);
    assert.match(shown, /UNCONFIRMED: Nothing was done\./);
    assert.ok(await present());
  }
  const { code, shown } = await atTerminal('accounts delete ada', env, 'y\r');
  assert.equal(code, exitCodes.done, shown);
  assert.ok(!(await present()));
  const typed = await atTerminal('accounts set-password ben --password-stdin', env, `${password} two\r`);
  assert.equal(typed.code, exitCodes.done, typed.shown);
  assert.ok(!typed.shown.includes(password));
  for (const end of ['\x04', '\x03']) {
    const ended = await atTerminal('accounts set-password ben --password-stdin', env, end);
    assert.equal(ended.code, exitCodes.usage, ended.shown);
  }
});
