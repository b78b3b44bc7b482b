import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
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

test('wrong usage is told on standard error with exit code 2, without quoting an argument', async () => {
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

test('wrong settings are all told, with exit code 2, before anything is made', async () => {
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

test('config shows what counts, where it is from, and no secret', async () => {
  const { run } = newInstallation({
    LATCHKEY_MASTER_KEY: 'ab'.repeat(32),
    LATCHKEY_DATABASE_URL: 'postgres://user:hunter2@db.example/latchkey?password=hunter2',
    LATCHKEY_SESSION_IDLE: '90',
    LATCHKEY_PASSWORD_MIN_LENGTH: '8',
  });
  const { exitCode, stdout } = await run('config --json');
  assert.equal(exitCode, 0);
  assert.ok(!stdout.includes('hunter2') && !stdout.includes('abab'));
  const { settings, warnings } = JSON.parse(stdout) as {
    settings: { name: string; value: string | null; source: string }[];
    warnings: string[];
  };
  const row = (name: string) => settings.find((setting) => setting.name === name);
  assert.deepEqual(row('LATCHKEY_MASTER_KEY'), {
    name: 'LATCHKEY_MASTER_KEY',
    value: '***',
    source: 'environment',
  });
  assert.equal(row('LATCHKEY_DATABASE_URL')!.value, 'postgres://***@db.example/latchkey?***');
  assert.equal(row('LATCHKEY_SESSION_IDLE')!.value, '90s');
  assert.deepEqual(row('LATCHKEY_TOKEN_TTL'), { name: 'LATCHKEY_TOKEN_TTL', value: '5m', source: 'default' });
  assert.equal(row('LATCHKEY_REDIS_URL')!.value, null);
  assert.equal(warnings.length, 1);
  assert.match((await run('config')).stdout, /^LATCHKEY_SESSION_IDLE=90s {2}# environment$/m);
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
