import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loginKeyOf } from '../../identity/accounts/account.ts';
import { newInstallation } from '../testing.ts';
import { accountsOf, lines, runImport } from './import/testing.ts';

const bcrypt = '$2b$05$2b1y8noL2Qu8/fDrpjlm/uq2kTvyMSU9xHhMcXVO4QfQv7/VSvH66';

test('what an export writes, an import takes, and nothing differs', async () => {
  const [from, to] = [newInstallation(), newInstallation()];
  const full = {
    id: '42',
    login: 'Ada',
    name: 'Ada Lovelace',
    create_time: '2001-02-03T04:05:06.789Z',
    active: false,
    language: 'en-GB',
    theme: 'dark',
    time_zone: 'Europe/London',
    custom_hdr: { a: [1] },
    custom_dat: { b: { c: null } },
    roles: ['7:manager', 'admin'],
    email: 'Ada@example.com',
    verified: true,
    subscriptions: { news: false },
    settings: { 'a.b': 1 },
    hash: bcrypt,
    change_pwd_time: '2002-01-01T00:00:00.000Z',
  };
  const least = { login: 'bob', name: 'Bob' };
  assert.equal((await runImport(lines(full, least), '--format jsonl', from)).exitCode, 0);
  const exported = await from.run('accounts export --with-hashes');
  assert.equal(exported.stderr, '2 accounts.\n');
  assert.equal((await runImport(exported.stdout, '--format jsonl', to)).counts?.made, 2);
  assert.equal((await to.run('accounts export --with-hashes')).stdout, exported.stdout);
  assert.deepEqual(
    (await accountsOf(to, '--with-hashes')).find(({ login }) => login === 'Ada'),
    full,
  );
  const { hash, change_pwd_time, ...open } = full;
  assert.deepEqual(
    (await accountsOf(to)).find(({ login }) => login === 'Ada'),
    open,
  );
  assert.equal((await to.run('roles list ada')).stdout, '7:manager\nadmin\n');
});

test('the login is the e-mail address unless it is told, and null is nothing', async () => {
  const installation = newInstallation();
  const { counts } = await runImport(
    lines({ name: 'Ada', email: 'ada@Example.com', roles: null }),
    '--format jsonl',
    installation,
  );
  assert.deepEqual(counts, { lines: 1, made: 1, existing: 0, refused: 0, done_before: 0 });
  const [account] = await accountsOf(installation);
  assert.deepEqual(
    [account?.login, account?.email, account?.verified],
    ['ada@example.com', 'ada@example.com', false],
  );
});

test('each line that breaks a rule is refused with its number and the reason, and the others are made', async () => {
  const bad: readonly [string | object, string, string][] = [
    [{ name: 'N' }, 'INVALID_DATA', 'login'],
    [{ login: '12345', name: 'N' }, 'INVALID_DATA', 'login'],
    [{ login: 'a b', name: 'N' }, 'INVALID_DATA', 'login'],
    [{ login: 'a', name: 'x'.repeat(129) }, 'INVALID_DATA', 'name'],
    [{ login: 'a', name: 'N\u0007' }, 'INVALID_DATA', 'name'],
    [{ login: 'a', name: 'N', email: 'nobody' }, 'INVALID_DATA', 'email'],
    [{ login: 'a', name: 'N', verified: true }, 'INVALID_DATA', 'verified'],
    [{ login: 'a', name: 'N', roles: ['a b'] }, 'INVALID_DATA', 'roles.0'],
    [{ login: 'a', name: 'N', roles: 'admin' }, 'INVALID_DATA', 'roles'],
    [{ login: 'a', name: 'N', active: 'yes' }, 'INVALID_DATA', 'active'],
    [{ login: 'a', name: 'N', language: 'x y' }, 'INVALID_DATA', 'language'],
    [{ login: 'a', name: 'N', create_time: '2001-02-30' }, 'INVALID_DATA', 'create_time'],
    [{ login: 'a', name: 'N', create_time: '9001-01-01T00:00:00Z' }, 'INVALID_DATA', 'create_time'],
    [{ login: 'a', name: 'N', custom_dat: { x: 'y'.repeat(8192) } }, 'INVALID_DATA', 'custom_dat'],
    [{ login: 'a', name: 'N', settings: { 'a b': 1 } }, 'INVALID_DATA', 'parameters'],
    [{ login: 'a', name: 'N', id: '007' }, 'INVALID_DATA', 'id'],
    [{ login: 'a', name: 'N', passwort: 'x' }, 'INVALID_DATA', 'passwort'],
    [{ login: 'a', name: 'N', hash: 'secret' }, 'INVALID_DATA', 'hash'],
    [{ login: 'a', name: 'N', hash: bcrypt.replace('$05$', '$31$') }, 'INVALID_DATA', 'hash'],
    [{ login: 'a', name: 'N', salt: '00' }, 'INVALID_DATA', 'hash'],
    [{ login: 'a', name: 'N', id: 2 ** 53 }, 'INVALID_DATA', 'id'],
    [{ login: 'a', name: 'N', id: 4.5 }, 'INVALID_DATA', 'id'],
    [{ login: 'a', name: 'N', create_time: { $date: 1, b: 2 } }, 'INVALID_DATA', 'create_time'],
    [{ login: 'a', name: 'N', change_pwd_time: '2001-01-01' }, 'INVALID_DATA', 'change_pwd_time'],
    ['{"login":"a","login":"b","name":"N"}', 'INVALID_DATA', 'The line is not JSON: duplicate member name.'],
    ['{"login":"a",', 'INVALID_DATA', 'The line is not JSON: expected a member name.'],
    ['[1]', 'INVALID_DATA', 'The line is not a JSON object.'],
    [
      `{"login":"a","name":"${'x'.repeat(300_000)}"}`,
      'INVALID_DATA',
      'The line is longer than 262144 bytes.',
    ],
    [{ login: 'ONE', name: 'N' }, 'LOGIN_ALREADY_USED', ''],
    [{ id: '77', login: 'three', name: 'N' }, 'CONFLICT', 'Another account has, or had, this id.'],
  ];
  const text = [
    { id: '77', login: 'one', name: 'One' },
    ...bad.map(([line]) => line),
    { login: 'two', name: 'Two' },
  ].map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  const installation = newInstallation();
  const { exitCode, counts, refused, stderr } = await runImport(
    text.join('\n'),
    '--format jsonl',
    installation,
  );
  assert.equal(exitCode, 1);
  assert.deepEqual(counts, {
    lines: bad.length + 2,
    made: 2,
    existing: 0,
    refused: bad.length,
    done_before: 0,
  });
  assert.deepEqual(
    refused.toSorted(([a], [b]) => a - b),
    bad.map(([, code, what], i) => [i + 2, code, what]),
  );
  for (const sent of ['secret', '12345', 'nobody']) assert.ok(!stderr.includes(sent), stderr);
  assert.deepEqual((await accountsOf(installation)).map(({ login }) => login).sort(), ['one', 'two']);
});

test('a mark of byte order, ends of lines of Windows and empty lines make no difference; other bytes than UTF-8 do', async () => {
  const good = Buffer.from('\ufeff{"login":"a","name":"Ä"}\r\n\r\n  \n\t\r\n{"login":"b","name":"B"}');
  const { counts } = await runImport(good);
  assert.deepEqual([counts?.lines, counts?.made], [2, 2]);
  const bad = Buffer.concat([
    Buffer.from('\n{"login":"a","name":"'),
    Buffer.from([0xff]),
    Buffer.from('"}\n'),
  ]);
  assert.deepEqual((await runImport(bad)).refused, [[2, 'INVALID_DATA', 'The line is not UTF-8.']]);
  const empty = await runImport('');
  assert.deepEqual([empty.exitCode, empty.counts?.lines], [0, 0]);
});

test('CSV has the same fields, by the names in its first line', async () => {
  const installation = newInstallation();
  const csv = [
    '\ufefflogin,name,email,verified,roles,active,custom_dat,hash\r\n',
    'ada,"Lovelace, ""Ada""",ada@example.com,true,admin 7:user,,"{""shoe"": 42}",\r\n',
    '\r\n',
    `bob,Bob,,,,false,,${bcrypt}\n`,
    'eve,"two\r\nlines",,,,,,\r\n',
    'dan,Dan,dan@example.com,maybe,,,,\n',
    'fay,Fay,,\n',
    'gus,Gus,,,,,{,\n',
    'hal,Hal,,,,,,',
  ].join('');
  const { counts, refused, exitCode } = await runImport(csv, '--format csv', installation);
  assert.equal(exitCode, 1);
  assert.deepEqual([counts?.lines, counts?.made], [7, 3]);
  assert.deepEqual(refused, [
    [5, 'INVALID_DATA', 'name'],
    [7, 'INVALID_DATA', 'verified'],
    [8, 'INVALID_DATA', 'The record has 4 fields, not 8.'],
    [9, 'INVALID_DATA', 'custom_dat'],
  ]);
  const accounts = await accountsOf(installation, '--with-hashes');
  const ada = accounts.find(({ login }) => login === 'ada')!;
  assert.deepEqual(
    [ada.name, ada.verified, ada.roles, ada.custom_dat, ada.active],
    ['Lovelace, "Ada"', true, ['7:user', 'admin'], { shoe: 42 }, true],
  );
  const bob = accounts.find(({ login }) => login === 'bob')!;
  assert.deepEqual([bob.active, bob.hash], [false, bcrypt]);
});

test('CSV whose header or quotes are wrong ends with the reason, and what was read before is kept', async () => {
  for (const [header, found] of [
    ['login,nam', ' It has nam.'],
    ['login,login', ' It has login.'],
    ['login,', ''],
    ['\xff', ''],
    ['username,ada@example.com', ' It has username.'],
  ] as const) {
    const { exitCode, stdout, stderr } = await runImport(
      Buffer.from(`${header}\na,b\n`, 'latin1'),
      '--format csv',
    );
    assert.deepEqual([exitCode, stdout], [1, ''], header);
    assert.ok(
      stderr.includes(`"detail":"The first line must name the columns, each once.${found} The columns`),
    );
  }
  const rows = (count: number) => Array.from({ length: count }, (_, i) => `user${i},N\n`).join('');
  for (const end of ['x,"y"z\n', 'x,"unclosed\n', 'x,y"z\n', `x,${'y'.repeat(300_000)}\n`]) {
    const installation = newInstallation();
    const { exitCode, stderr } = await runImport(
      `login,name\n${rows(1200)}${end}last,N\n`,
      '--format csv',
      installation,
    );
    assert.equal(exitCode, 1);
    assert.match(stderr, /near line 120\d: nothing after it was read/);
    assert.match(stderr, /\{"interrupted":\{"lines":1000\}\}/);
    assert.equal((await accountsOf(installation)).length, 1000);
  }
});

test('of several spellings of one login one is imported', async () => {
  const installation = newInstallation();
  const logins = [
    'straße',
    'STRASSE',
    '\ufeffStraẞe\u200b',
    'ada@bücher.example',
    'Ada@xn--bcher-kva.EXAMPLE',
  ];
  const file = lines(...logins.map((login) => ({ login, name: 'N' })));
  for (const options of ['--format jsonl --dry-run', '--format jsonl']) {
    const { exitCode, counts, stderr } = await runImport(file, options, installation);
    assert.equal(exitCode, 1, stderr);
    assert.deepEqual([counts?.made, counts?.refused], [2, 3], stderr);
  }
  const found = (await accountsOf(installation)).map(({ login }) => loginKeyOf(String(login)));
  assert.deepEqual(found.sort(), ['ada@xn--bcher-kva.example', 'strasse']);
});
