import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { exitCodes } from './frame/exit-codes.ts';
import { newInstallation } from './testing.ts';
import { verbs } from './verbs.ts';

test('help is printed for the program and for every verb, and names the exit codes', async () => {
  const { run, dataDir } = newInstallation();
  const general = await run('--help');
  assert.equal(general.exitCode, 0);
  for (const { verb, summary } of verbs) {
    assert.ok(general.stdout.includes(verb) && general.stdout.includes(summary), verb);
    const { exitCode, stdout } = await run(`${verb} --help`);
    assert.equal(exitCode, 0);
    assert.ok(stdout.startsWith(`Usage: latchkey ${verb}`), stdout);
    assert.match(stdout, /Exit codes:\n {2}0 {2}done\n/);
  }
  assert.ok(!existsSync(dataDir));
});

test('wrong usage is reported on standard error with exit code 2, without quoting an argument', async () => {
  const { run, dataDir } = newInstallation();
  const wrong = [
    '',
    'hunter2',
    'accounts',
    'accounts hunter2',
    'serve hunter2',
    'accounts list --hunter2',
    'accounts list hunter2',
    'accounts list --limit hunter2',
    'accounts create --password hunter2 --login a --name b',
    'accounts create --password=hunter2 --login a --name b',
    'accounts create --login a --name b',
    'accounts create --login a --password-stdin',
    'accounts create --name a --password-stdin',
    'accounts create --admin=hunter2 --login a --name b --password-stdin',
    'roles grant a',
    'services add',
    'services add a hunter2',
    'sessions close',
  ];
  for (const args of wrong) {
    const { exitCode, stdout, stderr } = await run(args, 'correct horse battery staple');
    assert.equal(exitCode, 2, args);
    assert.equal(stdout, '', args);
    assert.ok(stderr.length > 20 && !stderr.includes('hunter2'), stderr);
    assert.ok(!existsSync(dataDir), args);
  }
});

test('every problem of the configuration is reported, with exit code 2, before anything is created', async () => {
  const { run, dataDir } = newInstallation({
    LATCHKEY_TOKEN_TTL: 'x',
    LATCHKEY_MASTER_KEY: 'hunter2hunter2',
  });
  for (const verb of ['serve', 'migrate', 'services add a', 'config', 'doctor']) {
    const { exitCode, stdout, stderr } = await run(verb);
    assert.equal(exitCode, verb === 'doctor' ? 1 : 2, verb);
    assert.match(stdout + stderr, /LATCHKEY_TOKEN_TTL must be a duration/);
    assert.match(stdout + stderr, /LATCHKEY_MASTER_KEY must /);
    assert.ok(!`${stdout}${stderr}`.includes('hunter2'));
  }
  const { stderr } = await run('migrate --json');
  const { error } = JSON.parse(stderr) as { error: { code: string; problems: string[] } };
  assert.equal(error.code, 'CONFIGURATION');
  assert.equal(error.problems.length, 2);
  assert.ok(!existsSync(dataDir));
});

test('an id that begins with a dash is no option', async () => {
  const { run } = newInstallation();
  await run('migrate');
  const [session, key] = [`-${'A'.repeat(21)}`, `-${'A'.repeat(42)}`];
  const words = [
    `sessions close ${session}`,
    `sessions close --json -${session.slice(1)}.${'A'.repeat(43)}`,
    `sessions close -- ${session}`,
    `keys revoke ${key}`,
    `keys revoke -${key.slice(1)} --json`,
    `keys revoke --${key.slice(2)}`,
  ];
  for (const args of words) {
    const { exitCode, stderr } = await run(args);
    assert.equal(exitCode, exitCodes.notFound, `${args}: ${stderr}`);
  }
  assert.equal((await run(`keys revoke ${'A'.repeat(21)} -AAAA`)).exitCode, exitCodes.usage);
});

test('the version is printed', async () => {
  const { run } = newInstallation();
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  for (const args of ['--version', '-v', '-V', 'version'])
    assert.deepEqual(await run(args), { exitCode: 0, stdout: `${version}\n`, stderr: '' });
  assert.deepEqual(JSON.parse((await run('--version --json')).stdout), { version });
});

test('help before a verb or a noun shows its help', async () => {
  const { run } = newInstallation();
  for (const words of ['accounts list', 'accounts', 'doctor', 'verifier', 'accounts list --json'])
    assert.deepEqual(await run(`help ${words}`), await run(`${words} --help`), words);
  assert.match((await run('help accounts list')).stdout, /^Usage: latchkey accounts list /);
  assert.equal((await run('help acounts list')).exitCode, exitCodes.usage);
  assert.match((await run('help help')).stdout, /^Usage: latchkey <verb>/);
});

test('the help of a noun lists its verbs', async () => {
  const { run } = newInstallation();
  for (const args of ['accounts --help', 'accounts -h', 'accounts help']) {
    const { exitCode, stdout } = await run(args);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^Usage: latchkey accounts <verb>/);
    assert.match(stdout, /^ {2}accounts import {3,}\S/m);
    assert.ok(!stdout.includes('sessions list'));
  }
  const missing = await run('accounts');
  assert.deepEqual([missing.exitCode, missing.stdout], [exitCodes.usage, '']);
  assert.match(missing.stderr, /^ {2}accounts import {3,}\S/m);
});

test('a mistyped verb gets the nearest one as an answer', async () => {
  const { run } = newInstallation();
  const table = [
    ['sreve', 'Did you mean latchkey serve? See latchkey --help.'],
    ['account list', 'Did you mean latchkey accounts list? See latchkey --help.'],
    ['sesions', 'Did you mean latchkey sessions? See latchkey --help.'],
    ['accounts craete --admin', 'Did you mean latchkey accounts create? See latchkey accounts --help.'],
    ['accounts close', 'See latchkey accounts --help.'],
    ['hunter2', 'See latchkey --help.'],
  ] as const;
  for (const [args, answer] of table) {
    const { exitCode, stderr } = await run(args);
    assert.deepEqual([exitCode, stderr], [exitCodes.usage, `USAGE: There is no such verb. ${answer}\n`]);
  }
});

test('an alias is the same verb', async () => {
  const { run } = newInstallation();
  const help = await run('forward-auth --help');
  assert.equal((await run('verifier --help')).stdout, help.stdout);
  assert.match(help.stdout, /^Alias: latchkey verifier$/m);
  assert.match((await run('--help')).stdout, /^ {2}forward-auth .*Alias: verifier\.$/m);
});
