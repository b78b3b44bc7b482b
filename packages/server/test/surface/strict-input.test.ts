import assert from 'node:assert/strict';
import { it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { Request } from '../support/client.ts';
import { refused, run, scenario } from '../support/scenario.ts';
import { assertProblem, newPassword, onEachStore, signUpBody } from '../support/world.ts';

const jsonType = { 'content-type': 'application/json' };
const signIn = (body: string | Buffer, headers: Request['headers'] = jsonType) => ({
  method: 'POST',
  path: '/api/v1/signin',
  headers,
  body,
});
const good = (login: string, password: string) => JSON.stringify({ login, password });
const bytes = (...parts: readonly (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

/** Sent with the right login and password, and refused nevertheless. */
const badTypes = [
  'text/plain',
  'text/plain;charset=utf-8',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json garbage',
  'application/json, text/plain',
  'text/plain, text/plain',
  'application/json, application/json; charset=utf-16',
  'application/json; charset=utf-7',
  'application/json; charset=utf-16',
  'application/json; charset=iso-8859-1',
  'application/json; charset="utf-16le"',
  'text/plain; application/json',
  'text/plain;charset="application/json"',
  'application/jsonp',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/problem+json',
  'text/json',
  '',
  ';',
  '*/*',
];
const goodTypes = [
  'application/json',
  'APPLICATION/JSON',
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json ; charset="utf-8"',
  'application/json; charset=utf8',
  'application/json; charset="UTF8"',
  'application/json; profile=x',
  'application/json; odata=verbose; charset=utf-8',
  'application/json;',
  'application/json; profile="a,b"',
  'application/json, application/json',
  'application/json; charset=utf-8, Application/JSON; charset=UTF-8',
];

onEachStore(
  'the content type',
  (world) => {
    run(world, [
      ...badTypes.map((type) =>
        scenario({
          name: `${JSON.stringify(type)} is refused`,
          given: (w) => w.person(),
          request: ({ login, password }) => signIn(good(login, password), { 'content-type': type }),
          code: 'UNSUPPORTED_MEDIA_TYPE',
          afterwards: (_, { headers }) => assert.equal(headers['accept-encoding'], undefined),
        }),
      ),
      scenario({
        name: 'none at all is refused',
        given: (w) => w.person(),
        request: ({ login, password }) => signIn(good(login, password), {}),
        code: 'UNSUPPORTED_MEDIA_TYPE',
      }),
      scenario({
        name: 'two different ones are refused',
        given: (w) => w.person(),
        request: ({ login, password }) =>
          signIn(good(login, password), { 'content-type': ['application/json', 'text/plain'] }),
        code: 'INVALID_DATA',
      }),
      ...['gzip', 'br', 'gzip, identity', 'x'].map((coding) =>
        scenario({
          name: `the coding ${coding} is not taken`,
          given: (w) => w.person(),
          request: ({ login, password }) =>
            signIn(gzipSync(good(login, password)), { ...jsonType, 'content-encoding': coding }),
          code: 'UNSUPPORTED_MEDIA_TYPE',
          afterwards: (_, { headers }) => assert.equal(headers['accept-encoding'], 'identity'),
        }),
      ),
      ...['Identity', '', 'identity, identity', ','].map((coding) =>
        scenario({
          name: `the coding ${JSON.stringify(coding)} is none`,
          given: (w) => w.person(),
          request: ({ login, password }) =>
            signIn(good(login, password), { ...jsonType, 'content-encoding': coding }),
          cookie: 'set',
        }),
      ),
      ...goodTypes.map((type) =>
        scenario({
          name: `${JSON.stringify(type)} is taken`,
          given: (w) => w.person(),
          request: ({ login, password }) => signIn(good(login, password), { 'content-type': type }),
          cookie: 'set',
        }),
      ),
    ]);
  },
  { engines: ['sqlite'] },
);

/** Around the login and password of a person who exists. */
const badBodies: Readonly<Record<string, (login: string, password: string) => string | Buffer>> = {
  empty: () => '',
  'only space': () => ' ',
  null: () => 'null',
  'a list': (login, password) => `[${good(login, password)}]`,
  'a string': (login, password) => JSON.stringify(good(login, password)),
  'a number': () => '1',
  'a form': (login, password) => `login=${login}&password=${password}`,
  'two documents': (login, password) => good(login, password).repeat(2),
  'a comment': (login, password) => `${good(login, password)}//`,
  'a trailing comma': (login, password) => good(login, password).replace('}', ',}'),
  'two byte order marks': (login, password) => `\ufeff\ufeff${good(login, password)}`,
  'a byte order mark within': (login, password) => ` \ufeff${good(login, password)}`,
  'UTF-16 with its mark': (login, password) => Buffer.from(`\ufeff${good(login, password)}`, 'utf16le'),
  'UTF-16': (login, password) => Buffer.from(good(login, password), 'utf16le'),
  'a member twice': (login, password) => good(login, password).replace('}', `,"password":"${password}"}`),
  'a member twice, once escaped': (login, password) =>
    good(login, password).replace('}', `,"p\\u0061ssword":"${password}"}`),
  'an unknown member': (login, password) => good(login, password).replace('}', ',"remember":true}'),
  'a prototype': (login, password) => `{"__proto__":${good(login, password)}}`,
  'a prototype beside': (login, password) => good(login, password).replace('}', ',"__proto__":{"a":1}}'),
  'a constructor': (login, password) =>
    good(login, password).replace('}', ',"constructor":{"prototype":{"a":1}}}'),
  'a name in another case': (login, password) => good(login, password).replace('login', 'Login'),
  'a null password': (login) => JSON.stringify({ login, password: null }),
  'a true password': (login) => JSON.stringify({ login, password: true }),
  'a number for a password': (login) => JSON.stringify({ login, password: 123456789012345 }),
  'a list for a password': (login, password) => JSON.stringify({ login, password: [password] }),
  'an object for a password': (login) => JSON.stringify({ login, password: { $ne: '' } }),
  'a list for a login': (login, password) => JSON.stringify({ login: [login], password }),
  'a number for a login': (_login, password) => JSON.stringify({ login: 4503599627370497, password }),
  'a lone surrogate, escaped': (login) => `{"login":"${login}","password":"\\ud800"}`,
  'a surrogate pair, reversed': (login) => `{"login":"${login}","password":"\\udc00\\ud800"}`,
  'invalid UTF-8': (login, password) => bytes(`{"login":"${login}","password":"${password}`, [0xff], '"}'),
  'an overlong form': (login, password) =>
    bytes(`{"login":"${login}","password":"${password}`, [0xc0, 0x80], '"}'),
  'a surrogate in UTF-8': (login, password) =>
    bytes(`{"login":"${login}","password":"${password}`, [0xed, 0xa0, 0x80], '"}'),
  'a raw control character': (login, password) => good(login, password).replace('":"', '":"\n'),
  'an infinite number': (login, password) => good(login, password).replace('}', ',"a":1e400}'),
  'depth 100000': (login, password) =>
    good(login, password).replace('}', `,"a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`),
};

onEachStore(
  'a body',
  (world) => {
    run(world, [
      ...Object.entries(badBodies).map(([name, body]) =>
        scenario({
          name: `${name} is refused`,
          given: (w) => w.person(),
          request: ({ login, password }) => signIn(body(login, password)),
          code: 'INVALID_DATA',
          afterwards: ({ password }, answer) => {
            assert.ok(!answer.text.includes(password));
            assert.equal(({} as Record<string, unknown>).a, undefined);
          },
        }),
      ),
      scenario({
        name: 'no body and no content type',
        request: { method: 'POST', path: '/api/v1/signin' },
        code: 'INVALID_DATA',
      }),
      ...Object.entries<(login: string, password: string) => string>({
        'a byte order mark before it': (login, password) => `\ufeff${good(login, password)}`,
        'space around it': (login, password) => `\r\n\t ${good(login, password)}\r\n`,
      }).map(([name, body]) =>
        scenario({
          name: `${name} says nothing`,
          given: (w) => w.person(),
          request: ({ login, password }) => signIn(body(login, password)),
          cookie: 'set',
        }),
      ),
      scenario({
        name: 'a chunked one is taken',
        given: (w) => w.person(),
        request: ({ login, password }) =>
          signIn(good(login, password), { ...jsonType, 'transfer-encoding': 'chunked' }),
        cookie: 'set',
      }),
      refused('257 KiB', signIn(good('a', 'x'.repeat(257 * 1024))), 'PAYLOAD_TOO_LARGE'),
      refused(
        '257 KiB, chunked',
        signIn(good('a', 'x'.repeat(257 * 1024)), { ...jsonType, 'transfer-encoding': 'chunked' }),
        'PAYLOAD_TOO_LARGE',
      ),
      refused(
        '1 MiB where none is taken',
        { method: 'POST', path: '/api/v1/signout', headers: jsonType, body: `{${' '.repeat(1 << 20)}}` },
        'PAYLOAD_TOO_LARGE',
      ),
    ]);

    it('parameters count in their own place alone', async () => {
      const w = world();
      const person = await w.person();
      const { login, password } = person;
      const query = new URLSearchParams({ login, password }).toString();
      const inUrl = await w.call({ method: 'POST', path: `/api/v1/signin?${query}`, json: {} });
      assertProblem(inUrl, 400, 'INVALID_DATA');
      const both = await w.call({
        method: 'POST',
        path: `/api/v1/signin?${query}`,
        json: { login, password },
      });
      assertProblem(both, 400, 'INVALID_DATA');
      assert.ok(!both.text.includes(encodeURIComponent(password)) && !both.text.includes(password));
      const inHeader = await w.call({
        method: 'POST',
        path: '/api/v1/signin',
        headers: { login, password },
        json: {},
      });
      assertProblem(inHeader, 400, 'INVALID_DATA');
      for (const path of [
        '/auth/login',
        '/api/v1/signup',
        '/auth/who-am-i',
        '/auth/logout',
        '/api/v1/signout',
      ]) {
        const answer = await w.call({
          method: 'POST',
          path: `${path}?x=1`,
          json: {},
          headers: w.byProof(await w.login(person)),
        });
        assertProblem(answer, 400, 'INVALID_DATA');
      }
      const override = await w.call({
        method: 'POST',
        path: `/api/v1/sessions/${person.id}`,
        headers: { ...w.byHeader(person), 'x-http-method-override': 'DELETE' },
      });
      assertProblem(override, 405, 'METHOD_NOT_ALLOWED');
      await w.assertLive(person);
    });

    it('names of fields are told, values and unknown names of other kinds are not', async () => {
      const w = world();
      const credential = (await w.person()).credential;
      const password = newPassword();
      const answer = await w.call({
        method: 'POST',
        path: '/api/v1/signup',
        json: { ...signUpBody(), password: [password], [credential]: 1, 'a/b': 2, extra: 3 },
      });
      assertProblem(answer, 400, 'INVALID_DATA');
      const fields = (answer.json.errors as { field: string }[]).map(({ field }) => field).sort();
      assert.deepEqual(fields, ['(unknown)', 'extra', 'password']);
      assert.ok(!answer.text.includes(credential) && !answer.text.includes(password));
    });

    it('what is wrong with a field is said in plain words', async () => {
      const { name: _, ...nameless } = signUpBody();
      const answer = await world().call({
        method: 'POST',
        path: '/api/v1/signup',
        json: { ...nameless, x: 1 },
      });
      assertProblem(answer, 400, 'INVALID_DATA');
      const told = (answer.json.errors as { field: string; message: string }[]).map(
        ({ field, message }) => `${field} ${message}`,
      );
      assert.deepEqual(told.sort(), ['name is missing', 'x is unknown']);
    });
  },
  { engines: ['sqlite'] },
);
