import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { newInstallation } from '../testing.ts';
import { accountsOf, type Counts, json, lines, newFile } from './import/testing.ts';

async function importFrom(system: string, content: string, args = '', installation = newInstallation()) {
  const outcome = await installation.run(
    `accounts import ${newFile('export', content)} --from ${system} --json ${args}`,
  );
  const counts = outcome.stdout === '' ? undefined : json<Counts>(outcome.stdout);
  return { ...outcome, counts, accounts: await accountsOf(installation) };
}

test('what does not fit costs a field and not the account', async () => {
  const { exitCode, counts, accounts } = await importFrom(
    'keycloak',
    JSON.stringify({
      users: [
        { username: 'Ada L', email: 'ada@example.com', firstName: 'x'.repeat(200), enabled: true },
        { username: 'bob', email: 'bob@localhost', realmRoles: ['a b', '7:manager', 'ADMIN', 'ok'] },
        { username: '007', email: 'josé@example.com', attributes: { a: 'x'.repeat(9000) } },
        {
          username: 'dan',
          firstName: '\u0007 ',
          createdTimestamp: 9e15,
          attributes: { zoneinfo: ['a b'] },
        },
      ],
    }),
  );
  assert.deepEqual([exitCode, counts?.made, counts?.refused], [0, 4, 0]);
  assert.deepEqual(counts?.notes, {
    login_changed: 2,
    address_left: 2,
    data_left: 1,
    'roles_left:a b': 1,
    'roles_left:7?manager': 1,
    'roles_left:ADMIN': 1,
    no_password: 4,
    no_way_in: 3,
  });
  const byLogin = Object.fromEntries(accounts.map((account) => [account.login, account]));
  assert.deepEqual(Object.keys(byLogin).sort(), ['ada@example.com', 'bob', 'dan', 'josé@example.com']);
  assert.equal(byLogin['ada@example.com']?.name, 'x'.repeat(128));
  assert.deepEqual(byLogin['josé@example.com']?.custom_hdr, { email: 'josé@example.com', username: '007' });
  assert.deepEqual([byLogin.bob?.roles, byLogin.bob?.email], [['ok'], undefined]);
  assert.equal(byLogin.dan?.name, 'dan');
});

test('an address is verified only where the other system says so of the address', async () => {
  const time = '2024-01-01T00:00:00Z';
  const phoneOnly = {
    email: 'ada@example.com',
    phone: '491234',
    confirmed_at: time,
    phone_confirmed_at: time,
  };
  for (const [system, user, verified] of [
    ['supabase', phoneOnly, false],
    ['supabase', { ...phoneOnly, email_confirmed_at: time }, true],
    ['supabase', { email: 'ada@example.com', confirmed_at: time }, true],
    ['keycloak', { username: 'ada@example.com', emailVerified: true }, false],
    ['aspnet', { Id: '1', UserName: 'ada@example.com', EmailConfirmed: true }, false],
    ['auth0', { user_id: 'auth0|1', email: 'ada@example.com', email_verified: 'constructor' }, false],
    ['auth0', { user_id: 'auth0|1', email: 'ada@example.com', email_verified: ['true'] }, false],
  ] as const) {
    const { exitCode, accounts } = await importFrom(system, JSON.stringify([user]));
    const found = accounts.map((account) => [account.email, account.verified]);
    assert.deepEqual([exitCode, found], [0, [['ada@example.com', verified]]], JSON.stringify(user));
  }
});

test('an attribute of LDAP may have any name', async () => {
  const entry = 'dn: uid=ada\nobjectClass: person\nuid: ada\nconstructor: x\ntoString: y\n';
  const { exitCode, accounts } = await importFrom('ldap', entry);
  assert.deepEqual([exitCode, accounts.map(({ login }) => login)], [0, ['ada']]);
});

test('one person in two spellings comes in once, and the other record is told', async () => {
  const people = [
    { email: 'ada@bücher.example' },
    { email: 'ADA@xn--bcher-kva.example' },
    { email: 'bob@example.com' },
  ];
  const installation = newInstallation();
  const first = await importFrom('supabase', lines(...people), '', installation);
  assert.deepEqual([first.exitCode, first.counts?.made, first.counts?.refused], [1, 2, 1]);
  assert.match(first.stderr, /"line":2,"code":"LOGIN_ALREADY_USED"/);
  const again = await importFrom('supabase', lines(...people), '--restart --skip-existing', installation);
  assert.deepEqual([again.exitCode, again.counts?.made, again.counts?.existing], [0, 0, 3]);
});

test('bad records among good ones are refused by their line', async () => {
  const { exitCode, counts, stderr } = await importFrom(
    'laravel',
    '[{"email": "ada@example.com"},\n7,\n{"a": 1, "a": 2},\n{"email": "bob@example.com", "password": "{SASL}bob"}]',
  );
  assert.deepEqual([exitCode, counts?.made, counts?.refused], [1, 1, 3]);
  assert.match(stderr, /"line":2,.*not a JSON object/);
  assert.match(stderr, /"line":3,.*duplicate member/);
  assert.match(stderr, /"line":4,.*--without-password/);
});

test('a second table may stand in the same file or in another, and a bad row of it ends the import', async () => {
  const user = [{ id: 'a', email: 'ada@example.com', name: 'Ada' }];
  const account = [
    {
      userId: 'a',
      providerId: 'credential',
      password: '$2b$05$2b1y8noL2Qu8/fDrpjlm/uq2kTvyMSU9xHhMcXVO4QfQv7/VSvH66',
    },
  ];
  const apart = newFile('account', JSON.stringify(account));
  for (const [content, args] of [
    [JSON.stringify({ user, account }), ''],
    [JSON.stringify({ account, user }), ''],
    [JSON.stringify(user), apart],
    ['id,email,name\na,ada@example.com,Ada\n', apart],
  ] as const) {
    const { exitCode, counts } = await importFrom('better-auth', content, args);
    assert.deepEqual([exitCode, counts], [0, { lines: 1, made: 1, existing: 0, refused: 0, done_before: 0 }]);
  }
  const bad = await importFrom('better-auth', JSON.stringify(user), newFile('account', '[{},\n7]'));
  assert.deepEqual([bad.exitCode, bad.counts], [1, undefined]);
  assert.match(bad.stderr, /Line 2 of the second file/);
});

test("JSON with one's own fields is read as a list or in a document", async () => {
  for (const text of [
    '[{"login":"ada"}]',
    '{"accounts":[\n{"login":"ada"}]}',
    '{"users":[{"login":"ada"}]}',
  ]) {
    const installation = newInstallation();
    const { exitCode } = await installation.run(`accounts import ${newFile('people.json', text)}`);
    assert.deepEqual([exitCode, (await accountsOf(installation))[0]?.login], [0, 'ada']);
  }
});

test('options that do not go together are told, and nothing is made', async () => {
  const { run, dataDir } = newInstallation();
  const file = newFile('users.json', '[]');
  for (const [args, sentence] of [
    [`${file} --from nobody`, /--from must be one of aspnet, auth0/],
    [`${file} --from firebase`, /need --hash-config FILE/],
    [`${file} --from firebase --hash-config /nonexistent`, /cannot read the file of --hash-config/],
    [`${file} --from firebase --hash-config ${file}`, /--hash-config/],
    [`${file} --from django --hash-config ${file}`, /--hash-config is not for Django/],
    [`${file} --from django --format csv`, /--format does not go with --from/],
    [`${file} --hash-config ${file}`, /only with --from/],
    [`${file} ${file} --from keycloak`, /is one file/],
    ['- --from better-auth', /cannot be read twice/],
  ] as const) {
    const { exitCode, stdout, stderr } = await run(`accounts import ${args}`);
    assert.deepEqual([exitCode, stdout], [2, ''], args);
    assert.match(stderr, sentence);
  }
  assert.ok(!existsSync(dataDir));
});
