import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newInstallation } from '../testing.ts';

const password = 'correct horse battery staple';
const json = <T>(text: string) => JSON.parse(text) as T;
interface AccountJson {
  id: string;
  login: string;
  name: string;
  active: boolean;
  roles?: string[];
}

test('the first admin is made on an empty folder; the password shows nowhere', async () => {
  const { run, dataDir } = newInstallation();
  const made = await run(
    'accounts create --admin --login Ada --name Ada --email ada@example.com --password-stdin --json',
    `${password}\n`,
  );
  assert.equal(made.exitCode, 0, made.stderr);
  const account = json<AccountJson>(made.stdout);
  assert.match(account.id, /^\d{16}$/);
  assert.deepEqual([account.login, account.active, account.roles], ['Ada', true, ['admin']]);
  assert.ok(!`${made.stdout}${made.stderr}`.includes(password));
  for (const file of ['latchkey.db', 'keys.json']) {
    assert.equal(statSync(join(dataDir, file)).mode & 0o077, 0, file);
    assert.ok(!readFileSync(join(dataDir, file), 'latin1').includes(password), file);
  }
  assert.deepEqual(json<{ roles: string[] }>((await run('roles list ada --json')).stdout).roles, ['admin']);
  assert.deepEqual((await run(`roles list ${account.id}`)).stdout, 'admin\n');
});

test('what the rules refuse is one line with its code, and exit code 1', async () => {
  const { run } = newInstallation();
  const create = (login: string, input: string) =>
    run(`accounts create --login ${login} --name N --password-stdin`, input);
  assert.equal((await create('ada', password)).exitCode, 0);
  for (const [login, input, code] of [
    ['ADA', password, 'LOGIN_ALREADY_USED'],
    ['bob', 'short', 'PASSWORD_TOO_SHORT'],
    ['bob', 'x'.repeat(300), 'PASSWORD_TOO_LONG'],
    ['bob', 'bobbobbobbobbobbob', 'PASSWORD_TOO_COMMON'],
    ['12', password, 'INVALID_DATA'],
  ] as const) {
    const { exitCode, stdout, stderr } = await create(login, input);
    assert.deepEqual([exitCode, stdout], [1, ''], code);
    assert.match(stderr, new RegExp(`^${code}: .+\\n$`));
  }
  for (const input of ['', '\n', `${password}\nmore`, 'x'.repeat(5000)]) {
    assert.equal((await create('bob', input)).exitCode, 2);
  }
});

test('roles come and go, the last admin stays, and nobody unknown is found', async () => {
  const { run } = newInstallation();
  await run('accounts create --admin --login ada --name Ada --password-stdin', password);
  await run('accounts create --login bob --name Bob --password-stdin', password);
  assert.equal((await run('roles grant bob reader auditor')).stdout, 'auditor\nreader\n');
  assert.equal((await run('roles revoke bob auditor')).stdout, 'reader\n');
  assert.equal((await run('roles grant bob 42:manager')).stdout, '42:manager\nreader\n');
  assert.equal((await run('roles revoke bob 42:manager')).stdout, 'reader\n');
  const last = await run('roles revoke ada admin --json');
  assert.equal(last.exitCode, 1);
  assert.equal(json<{ error: { code: string } }>(last.stderr).error.code, 'CONFLICT');
  assert.equal((await run('accounts disable ada')).exitCode, 1);
  assert.equal((await run('roles grant bob a b:c:d')).exitCode, 1);
  for (const verb of ['roles list', 'accounts disable', 'accounts enable']) {
    const { exitCode, stderr } = await run(`${verb} nobody`);
    assert.deepEqual([exitCode, stderr.startsWith('NOT_FOUND: ')], [3, true], verb);
  }
  assert.equal((await run('roles grant nobody admin')).exitCode, 3);
});

test('accounts are listed, searched, limited, disabled and enabled', async () => {
  const { run } = newInstallation();
  for (const login of ['ada', 'bob', 'eve']) {
    await run(`accounts create --login ${login} --name N --password-stdin`, password);
  }
  const list = async (args: string) =>
    json<{ data: AccountJson[] }>((await run(`accounts list ${args} --json`)).stdout).data;
  assert.deepEqual((await list('')).map(({ login }) => login).sort(), ['ada', 'bob', 'eve']);
  assert.deepEqual(
    (await list('--search EV')).map(({ login }) => login),
    ['eve'],
  );
  assert.equal((await list('--limit 2')).length, 2);
  assert.match((await run('accounts list --limit 2')).stderr, /--limit/);
  assert.equal((await run('accounts disable bob')).exitCode, 0);
  assert.deepEqual(
    (await list('')).filter(({ active }) => !active).map(({ login }) => login),
    ['bob'],
  );
  assert.equal((await run('accounts enable bob')).exitCode, 0);
  assert.equal((await list('')).filter(({ active }) => active).length, 3);
});
