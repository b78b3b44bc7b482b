import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newInstallation } from '../testing.ts';
import { accountsOf, type Counts, json, lines, newFile } from './import/testing.ts';

const bcrypt = '$2b$05$2b1y8noL2Qu8/fDrpjlm/uq2kTvyMSU9xHhMcXVO4QfQv7/VSvH66';

async function importFrom(system: string, content: string, args = '') {
  const installation = newInstallation();
  const outcome = await installation.run(
    `accounts import ${newFile('export', content)} --from ${system} --json ${args}`,
  );
  const counts = outcome.stdout === '' ? undefined : json<Counts>(outcome.stdout);
  return { ...outcome, counts, accounts: (await accountsOf(installation)).toSorted(byLogin) };
}

const byLogin = (a: { login?: unknown }, b: { login?: unknown }) =>
  String(a.login) < String(b.login) ? -1 : 1;

const rows = (...cells: string[][]) => `${cells.map((row) => row.join('\t')).join('\n')}\n`;

test('a file that is no export of the system is refused, and not left out in silence', async () => {
  for (const [system, content, reason] of [
    [
      'devise',
      `1,ada@example.com,${bcrypt}\n2,bob@example.com,${bcrypt}\n`,
      /first line must name the columns/,
    ],
    ['wordpress', '"1";"ada";"$P$BW4O3BsOORXfxPo0mBWi0/YimmOUAN/"\n', /first line must name the columns/],
    ['devise', '{}', /names nobody/],
    ['laravel', '{"people": [{"email": "ada@example.com"}]}', /names nobody/],
    ['spring', 'user,pass\nada,x\n', /names nobody/],
    ['django', '<?xml version="1.0" encoding="utf-8"?>\n<django-objects/>', /XML/],
    ['keycloak', '[{"id": "a", "realm": "master", "users": [{"username": "ada"}]}]', /--realm/],
  ] as const) {
    const { exitCode, stderr, accounts } = await importFrom(system, content);
    assert.deepEqual([exitCode, accounts.length], [1, 0], content);
    assert.match(stderr, reason, content);
    assert.ok(!stderr.includes('ada'), stderr);
  }
});

test('tabs stand between cells as MySQL writes them: quotes are letters, and a backslash says what follows', async () => {
  const { exitCode, counts, accounts } = await importFrom(
    'laravel',
    rows(
      ['id', 'name', 'email', 'password', 'is_active', 'deleted_at'],
      ['1', '"The King" Elvis', 'a@example.com', bcrypt, '1', 'NULL'],
      ['2', `O"Brien 5\\\\6`, 'b@example.com', bcrypt, '\\0', 'NULL'],
      ['3', '"Bob', 'c@example.com', bcrypt, '\u0001', '\\N'],
      ['4', '"Quoted ""Q"" name"', 'd@example.com', bcrypt, '0', ''],
      ['5', 'two\\nlines\\tand a tab', 'e@example.com', bcrypt, '1', 'NULL'],
    ),
  );
  assert.deepEqual([exitCode, counts?.made, counts?.refused], [0, 5, 0]);
  assert.deepEqual(
    accounts.map(({ name, active }) => [name, active]),
    [
      ['"The King" Elvis', true],
      ['O"Brien 5\\6', false],
      ['"Bob', true],
      ['Quoted "Q" name', false],
      ['two lines and a tab', true],
    ],
  );
});

test('what a program prints around a table is no account', async () => {
  const { exitCode, counts, accounts } = await importFrom(
    'aspnet',
    'Id,UserName,Email\r\n--,--------,-----\r\na1,ada,ada@example.com\r\n\r\n(1 rows affected)\r\n',
  );
  assert.deepEqual([exitCode, counts?.lines, counts?.refused], [0, 1, 0]);
  assert.deepEqual(
    accounts.map(({ login }) => login),
    ['ada'],
  );
});

test('a lock, a ban or a deletion counts however its time is written', async () => {
  const banned = await importFrom(
    'supabase',
    lines(
      { email: 'a@example.com', banned_until: 'infinity' },
      { email: 'b@example.com', banned_until: '2001-01-01 00:00:00+00' },
      { email: 'c@example.com', deleted_at: '1/2/2024 3:04:05 AM' },
      { email: 'd@example.com', banned_until: null, deleted_at: 'null' },
      { email: 'e@example.com', banned_until: '-infinity' },
    ),
  );
  assert.deepEqual(
    banned.accounts.map(({ login, active }) => [login, active]),
    [
      ['a@example.com', false],
      ['b@example.com', true],
      ['d@example.com', true],
      ['e@example.com', true],
    ],
  );
  const locked = await importFrom(
    'devise',
    lines(
      { email: 'a@example.com', locked_at: 'Jan 2 2024 3:04AM' },
      { email: 'b@example.com', locked_at: '0000-00-00 00:00:00' },
      { email: 'c@example.com', locked_at: '0' },
      { email: 'd@example.com', deleted_at: 'Jan 2 2024 3:04AM' },
    ),
  );
  assert.deepEqual(
    locked.accounts.map(({ login, active }) => [login, active]),
    [
      ['a@example.com', false],
      ['b@example.com', true],
      ['c@example.com', true],
    ],
  );
  const lockedOut = await importFrom(
    'aspnet',
    lines({ UserName: 'a', LockoutEnd: '12/31/9999 11:59:59 PM +00:00', LockoutEnabled: true }),
  );
  assert.equal(lockedOut.accounts[0]?.active, false);
});

test('an address is verified only where it was, not by a phone number or by another address', async () => {
  const supabase = await importFrom(
    'supabase',
    lines(
      {
        email: 'a@example.com',
        confirmed_at: '2024-01-01T00:00:00Z',
        phone_confirmed_at: '2024-01-01T00:00:00Z',
      },
      { email: 'b@example.com', confirmed_at: '2024-01-01T00:00:00Z' },
    ),
  );
  const django = await importFrom(
    'django',
    JSON.stringify([
      { model: 'auth.user', fields: { username: 'ada', password: '', email: 'ada@example.com' } },
      { model: 'auth.user', fields: { username: 'bob', password: '', email: 'bob@example.com' } },
      { model: 'account.emailaddress', fields: { user: ['ada'], email: 'Ada@example.com', verified: true } },
      {
        model: 'account.emailaddress',
        fields: { user: ['bob'], email: 'other@example.com', verified: true },
      },
    ]),
  );
  for (const { accounts } of [supabase])
    assert.deepEqual(
      accounts.map(({ verified }) => verified),
      [false, true],
    );
  assert.deepEqual(
    django.accounts.map(({ verified }) => verified),
    [true, false],
  );
});

test('nulls of any program are none, and names of columns may have spaces', async () => {
  const { accounts } = await importFrom(
    'auth0',
    'User ID,Email,Email Verified,Given Name,passwordHash\nauth0|1,ada@example.com,true,Ada,null\n',
  );
  assert.deepEqual(
    [accounts[0]?.login, accounts[0]?.verified, accounts[0]?.name, accounts[0]?.custom_hdr],
    ['ada@example.com', true, 'Ada', { auth0_id: 'auth0|1' }],
  );
});

test("phpMyAdmin's JSON is read", async () => {
  const user = { ID: '1', user_login: 'ada', user_email: 'ada@example.com', display_name: 'Ada' };
  const { exitCode, counts, accounts } = await importFrom(
    'wordpress',
    JSON.stringify([
      { type: 'header', version: '5.2.1', comment: 'Export to JSON plugin for phpMyAdmin' },
      { type: 'database', name: 'wp' },
      { type: 'table', name: 'wp_users', database: 'wp', data: [user] },
    ]),
  );
  assert.deepEqual([exitCode, counts?.lines, accounts[0]?.login], [0, 1, 'ada']);
});

test('the entries of Active Directory have their own names for a login and an id', async () => {
  const entry = (dn: string, ...more: string[]) =>
    `${[`dn: ${dn}`, 'objectClass: top', 'objectClass: person', 'objectClass: user', ...more].join('\r\n')}\r\n\r\n`;
  const { exitCode, counts, accounts } = await importFrom(
    'ldap',
    entry('CN=Ada,DC=x', 'sAMAccountName: ada', 'mail: Ada@example.com', 'userAccountControl: 512') +
      entry('CN=Bob,DC=x', 'userPrincipalName: bob@example.com', 'userAccountControl: 514') +
      entry('CN=PC,DC=x', 'objectClass: computer', 'sAMAccountName: PC$'),
  );
  assert.deepEqual([exitCode, counts?.made, counts?.left_out], [0, 2, 1]);
  assert.deepEqual(
    accounts.map(({ login, active, custom_hdr }) => [login, active, custom_hdr]),
    [
      ['ada', true, { ldap_id: 'CN=Ada,DC=x' }],
      ['bob@example.com', false, { ldap_id: 'CN=Bob,DC=x' }],
    ],
  );
});

test('an address that Firebase has only of a provider is taken, and is not verified', async () => {
  const { exitCode, accounts } = await importFrom(
    'firebase',
    JSON.stringify({
      users: [
        {
          localId: 'a',
          emailVerified: true,
          providerUserInfo: [{ providerId: 'google.com', email: 'a@example.com' }],
        },
      ],
    }),
    '--without-password',
  );
  assert.deepEqual([exitCode, accounts[0]?.login, accounts[0]?.verified], [0, 'a@example.com', false]);
});

test("Firebase's parameters are read as the console and the API write them", async () => {
  const parameters = {
    signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
    saltSeparator: 'Bw==',
    rounds: 8,
    memoryCost: 14,
  };
  const hash = '/hZJaFQxURQsQQPQXehZDWAeQMUDIU2PhZlrQoxnUEOGnOLWKzzjW1GLTT4H7EyEC6wbV5EODAfIc3GRCgb2dg==';
  const users = JSON.stringify({
    users: [{ localId: 'a', email: 'a@example.com', passwordHash: hash, salt: 'c2FsdHNhbHQrLw==' }],
  });
  for (const config of [parameters, { signIn: { hashConfig: { algorithm: 'SCRYPT', ...parameters } } }]) {
    const file = newFile('config.json', JSON.stringify(config));
    const { exitCode, counts } = await importFrom('firebase', users, `--hash-config ${file}`);
    assert.deepEqual([exitCode, counts?.made, counts?.without_password], [0, 1, undefined]);
  }
});
