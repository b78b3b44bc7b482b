import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Answer, Request } from '../support/client.ts';
import { assertProblem, onEachStore, signUpBody, type World } from '../support/world.ts';

type Headers = NonNullable<Request['headers']>;

/** What browsers, gateways, command lines and careless programs send that is no credential of ours. */
const authorizations = [
  '',
  'Basic YTpi',
  'basic YTpi',
  'Negotiate YIIJvwYGKwYBBQUC',
  'NTLM TlRMTVNTUAABAAAA',
  'Digest username="ada", realm="a, Bearer b", nonce="dcd98b", uri="/", response="6629", qop=auth',
  'AWS4-HMAC-SHA256 Credential=AKID/20260101/eu/s3/aws4_request, SignedHeaders=host;range, Signature=fe5f',
  'Token abc',
  'Token token="abc", nonce="x"',
  'Bearer',
  'Bearer ',
  'bearer\t',
  'Bearer null',
  'bearer undefined',
  'Bearer  null',
  'null',
  'undefined',
];
const words = ['', 'null', 'undefined'];

/** Each of them as header lines, beside a good cookie if there is one. */
function absentLines(w: World, credential?: string): Headers[] {
  const good = credential === undefined ? [] : [`${w.cookieName}=${credential}`];
  const cookie = good.length > 0 ? { cookie: good } : undefined;
  return [
    ...authorizations.map((authorization) => ({ ...cookie, authorization })),
    { ...cookie, authorization: ['Basic YTpi', 'Bearer null', 'Negotiate x'] },
    ...words.flatMap((word) => [
      { ...cookie, 'x-session-id': word },
      { ...cookie, 'x-session-id': [word, word] },
      { ...cookie, 'x-session-id': `${word}, ${word}` },
      { cookie: [`${w.cookieName}=${word}; a=b`, ...good] },
      { cookie: [...good, `${w.cookieName}="${word}"`].join('; ') },
      { cookie: [`${w.cookieName} = ${word}`, `${w.cookieName}=`, ...good].join(' ;') },
    ]),
  ];
}

const to = (line: string, headers: Headers, json?: unknown): Request => {
  const [method = '', path = ''] = line.split(' ');
  return { method, path, headers, ...(json !== undefined && { json }) };
};
const shown = (headers: Headers, { status, text }: Answer) => `${JSON.stringify(headers)}: ${status} ${text}`;

onEachStore(
  'what is no credential of ours',
  (world) => {
    it('hinders no session beside it', async () => {
      const w = world();
      const person = await w.person();
      for (const headers of absentLines(w, person.credential)) {
        for (const [line, status] of [
          ['GET /api/v1/sessions/current', 200],
          ['GET /api/v1/accounts/current', 200],
          [`GET /api/v1/accounts/${person.id}`, 200],
          ['POST /api/v1/sessions/restore', 200],
          ['GET /api/v1/signup/validate?login=free', 204],
          ['POST /auth/who-am-i', 200],
        ] as const) {
          const answer = await w.call(to(line, headers));
          assert.equal(answer.status, status, shown(headers, answer));
          assert.deepEqual(answer.cookies, []);
        }
      }
    });

    it('is nobody by itself', async () => {
      const w = world();
      const { login, password } = await w.person();
      for (const headers of absentLines(w)) {
        assertProblem(await w.call(to('GET /api/v1/sessions/current', headers)), 401, 'NOT_SIGNED');
        for (const line of ['POST /auth/who-am-i', 'POST /auth/authenticate', 'POST /auth/logout'])
          assertProblem(await w.call(to(line, headers)), 401, 'INVALID_CREDENTIALS');
        for (const [line, status, json] of [
          ['GET /api/v1/signup/validate?login=free', 204],
          ['POST /api/v1/passwords/recover', 204, { login: 'nobody-at-all' }],
          ['POST /api/v1/signout', 204],
        ] as const) {
          const answer = await w.call(to(line, headers, json));
          assert.equal(answer.status, status, shown(headers, answer));
        }
      }
      // Hashes are slow: a few of each are enough, because no credential is read there.
      for (const headers of absentLines(w).slice(0, 3)) {
        const signIn = await w.call(to('POST /api/v1/signin', headers, { login, password }));
        const login2 = await w.call(to('POST /auth/login', headers, { username: login, password }));
        const signUp = await w.call(to('POST /api/v1/signup', headers, signUpBody()));
        assert.deepEqual([signIn.status, login2.status, signUp.status], [200, 200, 200]);
      }
    });

    it('hinders no token, in a field of its own or in the same one', async () => {
      const w = world();
      const { token, credential } = await w.login(await w.person());
      const key = await w.serviceKey();
      for (const other of authorizations) {
        for (const write of [
          (value: string) => [other, value],
          (value: string) => [value, other],
          (value: string) => `${other}, ${value}`,
        ]) {
          const headers = { ...w.byCookie({ credential }), authorization: write(`Bearer ${token}`) };
          for (const line of [
            'POST /auth/authenticate',
            'GET /auth/sessions',
            'GET /api/v1/sessions/current',
          ]) {
            const answer = await w.call(to(line, headers));
            assert.equal(answer.status, 200, shown(headers, answer));
          }
          const service = { accept: 'application/json', authorization: write(`Bearer ${key}`) };
          const answer = await w.call(to('GET /auth/revocations', service));
          assert.equal(answer.status, 200, shown(service, answer));
        }
      }
    });

    it('keeps nobody from signing out', async () => {
      const w = world();
      const person = await w.person();
      for (const index of absentLines(w, person.credential).keys()) {
        const { credential } = index < 4 ? await w.again(person) : person;
        const headers = absentLines(w, credential)[index]!;
        const answer = await w.call(to('POST /api/v1/signout', headers));
        assert.equal(answer.status, 204, shown(headers, answer));
        assert.equal(answer.cookies[0]?.value, '', shown(headers, answer));
        await w.assertDead({ credential });
      }
    });
  },
  { engines: ['sqlite'] },
);
