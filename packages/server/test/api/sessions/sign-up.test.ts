import assert from 'node:assert/strict';
import { refused, run, scenario } from '../../support/scenario.ts';
import { newLogin, onEachStore, signUpBody } from '../../support/world.ts';

const path = '/api/v1/signup';

const signUp = (fields: Record<string, unknown> = {}) => ({
  method: 'POST',
  path,
  json: signUpBody(fields),
});

const badAddresses = [
  'a@x\r\nBcc: v@y',
  '"a@x"@y',
  'a@x,b@y',
  'a@x\u0000',
  'a',
  '@',
  'a@',
  '@b',
  'a@b@c',
  'a b@c',
];

const on = (field: string) => ({ errors: [{ field, code: 'INVALID_DATA' }] });

const secret = 'a secret that is typed into the wrong place';

onEachStore('sign-up', (world) => {
  run(world, [
    scenario({
      name: 'makes account, password, e-mail settings and session at once',
      given: async () =>
        signUpBody({
          email: 'Ann@Example.ORG',
          language: 'de-CH',
          theme: 'dark',
          time_zone: 'Europe/Zurich',
        }),
      request: (json) => ({ method: 'POST', path, json }),
      cookie: 'set',
      body: ({ login, name }) => ({
        user_name: name,
        active: true,
        data: {},
        address: '127.0.0.1',
        user: {
          login,
          name,
          language: 'de-CH',
          theme: 'dark',
          time_zone: 'Europe/Zurich',
          roles: [],
          sites: [],
          settings: {},
          custom_hdr: {},
          custom_dat: {},
        },
      }),
      async afterwards({ login, password }, answer, { app, assertLive, again }) {
        const { id, user_id: userId } = answer.json;
        assert.equal(answer.cookies[0]!.value, id, 'an API client gets the credential as id');
        const account = await app.context.read.accounts.findByLogin(login);
        assert.equal(account?.id, userId);
        assert.match(account!.id, /^[1-9][0-9]{15}$/);
        const mail = await app.context.read.emailSettings.find(account!.id);
        assert.equal(mail?.email, 'Ann@example.org');
        assert.equal(mail?.verified, false);
        assert.match((await app.context.read.passwords.find(account!.id))!.hash, /^\$argon2id\$/);
        await assertLive({ credential: String(id) });
        await again({ login, password });
      },
    }),
    scenario({
      name: 'a browser page gets the public id',
      request: { ...signUp(), headers: { 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' } },
      cookie: 'set',
      afterwards(_given, answer) {
        const { id } = answer.json;
        assert.match(String(id), /^[\w-]{22}$/);
        assert.ok(answer.cookies[0]!.value.startsWith(`${id}.`));
        assert.ok(!answer.text.includes(answer.cookies[0]!.value.slice(23)));
      },
    }),
    scenario({
      name: 'the login defaults to the e-mail address',
      request: signUp({ login: undefined, email: `Only.${newLogin()}@Example.org` }),
      cookie: 'set',
      afterwards: (_given, { json }) =>
        assert.match((json as { user: { login: string } }).user.login, /^Only\.person-\d+@example\.org$/),
    }),
    ...[null, ''].map((empty) =>
      scenario({
        name: `members that are ${JSON.stringify(empty)} count as absent`,
        request: signUp({
          login: empty,
          email: `Only.${newLogin()}@Example.org`,
          language: empty,
          theme: empty,
          time_zone: empty,
          invitation_code: empty,
        }),
        cookie: 'set',
        body: { user: { language: 'en', theme: '', time_zone: 'UTC' } },
        afterwards: (_given, { json }) =>
          assert.match((json as { user: { login: string } }).user.login, /^Only\.person-\d+@example\.org$/),
      }),
    ),
    scenario({
      name: 'an empty address counts as absent',
      request: signUp({ email: '' }),
      cookie: 'set',
      afterwards: async (_given, { json }, { app }) =>
        assert.equal(await app.context.read.emailSettings.find(json.user_id as never), undefined),
    }),
    scenario({
      name: 'a dead cookie that was sent along is replaced by one line',
      request: { ...signUp(), headers: { cookie: `x-session-id=${'A'.repeat(22)}.${'A'.repeat(43)}` } },
      cookie: 'set',
      afterwards: (_given, answer) => assert.ok(!answer.cookies[0]!.value.startsWith('AAAA')),
    }),
    scenario({
      name: 'a taken login',
      given: (w) => w.person(),
      request: ({ login }) => signUp({ login }),
      code: 'LOGIN_ALREADY_USED',
    }),
    scenario({
      name: 'another spelling of a taken login',
      given: (w) => w.person({ login: `Å.strom-${newLogin()}` }),
      request: ({ login }) => signUp({ login: ` ${login.normalize('NFD').toUpperCase()} ` }),
      code: 'LOGIN_ALREADY_USED',
    }),
    scenario({
      name: 'the id of an account as login',
      given: (w) => w.person(),
      request: ({ id }) => signUp({ login: id }),
      code: 'INVALID_DATA',
    }),
    ...['id', 'roles', 'active', 'email_verified', 'custom_hdr', 'Name', 'constructor', 'toString'].map(
      (field) =>
        scenario({
          name: `the unknown field ${field} makes nothing`,
          given: async () => signUpBody({ [field]: 'x' }),
          request: (json) => ({ method: 'POST', path, json }),
          body: { errors: [{ field, code: 'INVALID_DATA' }] },
          code: 'INVALID_DATA',
          afterwards: async ({ login }, answer, { app }) => {
            assert.equal((answer.json.errors as unknown[]).length, 1);
            assert.equal(await app.context.read.accounts.findByLogin(login), undefined);
          },
        }),
    ),
  ]);
});

onEachStore(
  'sign-up refuses',
  (world) => {
    run(world, [
      refused('neither login nor e-mail', signUp({ login: undefined }), 'INVALID_DATA', on('login')),
      ...[null, ''].flatMap((empty) => [
        refused(
          `neither login nor e-mail, both ${JSON.stringify(empty)}`,
          signUp({ login: empty, email: empty }),
          'INVALID_DATA',
          on('login'),
        ),
        refused(`${JSON.stringify(empty)} as name`, signUp({ name: empty }), 'INVALID_DATA', on('name')),
      ]),
      refused('null as password', signUp({ password: null }), 'INVALID_DATA', on('password')),
      refused('no name', signUp({ name: undefined }), 'INVALID_DATA', on('name')),
      refused('no password', signUp({ password: undefined }), 'INVALID_DATA', on('password')),
      refused('a login with a space', signUp({ login: 'a b' }), 'INVALID_DATA', on('login')),
      refused('a login with a control character', signUp({ login: 'a\u0000b' }), 'INVALID_DATA'),
      refused('a login with an invisible character', signUp({ login: 'a\u200bb' }), 'INVALID_DATA'),
      refused('a login of 255 characters', signUp({ login: 'a'.repeat(255) }), 'INVALID_DATA'),
      refused('a login of 100000 characters', signUp({ login: 'a'.repeat(1e5) }), 'INVALID_DATA'),
      refused('a name of spaces', signUp({ name: '   ' }), 'INVALID_DATA', on('name')),
      refused('a name with a line break', signUp({ name: 'a\r\nb' }), 'INVALID_DATA', on('name')),
      refused('a name of 129 characters', signUp({ name: 'a'.repeat(129) }), 'INVALID_DATA', on('name')),
      refused('an invitation that nobody sent', signUp({ invitation_code: 'abc' }), 'WRONG_CODE'),
      refused('a language with markup', signUp({ language: '<b>' }), 'INVALID_DATA', on('language')),
      refused('a theme with markup', signUp({ theme: '<b>' }), 'INVALID_DATA', on('theme')),
      refused('a time zone with markup', signUp({ time_zone: '<b>' }), 'INVALID_DATA', on('time_zone')),
      ...[...badAddresses, `${'a'.repeat(300)}@b.c`].map((email) =>
        refused(
          `the address ${JSON.stringify(email.slice(0, 20))}`,
          signUp({ email }),
          'INVALID_DATA',
          on('email'),
        ),
      ),
      scenario({
        name: 'without repeating what was sent',
        request: signUp({ password: secret, login: secret, [secret]: 1, x: secret }),
        code: 'INVALID_DATA',
        afterwards: (_given, answer) => assert.ok(!answer.text.includes(secret)),
      }),
    ]);
  },
  { engines: ['sqlite'] },
);
