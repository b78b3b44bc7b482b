import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setAccountActive } from '../../src/identity/accounts/set-account-active.ts';
import type { Request } from '../support/client.ts';
import { run, scenario } from '../support/scenario.ts';
import { assertProblem, onEachStore, type World } from '../support/world.ts';

const current = (headers: Request['headers'] = {}) => ({
  method: 'GET',
  path: '/api/v1/sessions/current',
  headers,
});
const validate = (headers: Request['headers'] = {}) => ({
  method: 'GET',
  path: '/api/v1/signup/validate?login=free',
  headers,
});

/** One of each kind of credential that opens nothing. */
async function deadCredentials(w: World): Promise<Record<string, string>> {
  const anna = await w.person();
  const closed = await w.again(anna);
  await w.call({ method: 'POST', path: '/api/v1/signout', headers: w.byHeader(closed) });
  const disabled = await w.person();
  await setAccountActive(w.app.context, { accountId: disabled.id, active: false });
  const [id = '', signature = ''] = anna.credential.split('.');
  const other = await w.person();
  return {
    closed: closed.credential,
    disabled: disabled.credential,
    'public id': id,
    unknown: w.app.context.credentials.sign('AAAAAAAAAAAAAAAAAAAAAA' as never),
    'wrongly signed': `${id}.${other.credential.split('.')[1]}`,
    'signed by nobody': `${id}.${'A'.repeat(43)}`,
    'without signature': `${id}.`,
    'signature alone': `.${signature}`,
    'cut short': anna.credential.slice(0, -1),
    'one more character': `${anna.credential}A`,
    respelled: respell(anna.credential),
    padded: `${anna.credential}=`,
    'in two quotes': `""${anna.credential}""`,
    'percent-encoded': anna.credential.replace('.', '%2E'),
    'upper case': anna.credential.toUpperCase(),
    'three parts': `${anna.credential}.x`,
    junk: 'junk',
    word: 'None',
    markup: '<script>alert(1)</script>',
    long: 'a'.repeat(8000),
  };
}

/** The same bytes with other unused bits in the last character. */
function respell(credential: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return credential.slice(0, -1) + alphabet[alphabet.indexOf(credential.at(-1)!) + 1]!;
}

onEachStore('a dead credential', (world) => {
  it('is 440 with the same bytes, whatever is wrong with it, by header and by cookie', async () => {
    const w = world();
    const texts = new Set<string>();
    for (const [kind, credential] of Object.entries(await deadCredentials(w))) {
      for (const headers of [w.byHeader({ credential }), w.byCookie({ credential })]) {
        const answer = await w.call(current(headers));
        assertProblem(answer, 440, 'SESSION_NOT_FOUND');
        assert.deepEqual(answer.cookies, [], kind);
        texts.add(`${answer.text} ${answer.headers['content-length']}`);
      }
    }
    assert.equal(texts.size, 1, 'one text for all of them');
  });

  it('does not hinder where anybody may call, and its cookie is left alone', async () => {
    const w = world();
    for (const [kind, credential] of Object.entries(await deadCredentials(w))) {
      for (const headers of [w.byHeader({ credential }), w.byCookie({ credential })]) {
        const { status, cookies } = await w.call(validate(headers));
        // A late answer would delete a cookie that a sign-in has set meanwhile.
        assert.deepEqual([status, cookies], [204, []], kind);
      }
    }
  });

  it('makes no session', async () => {
    const w = world();
    const before = await w.app.context.read.sessions.list({}, { skip: 0, take: 1, total: true });
    const credential = `${'c'.repeat(21)}A.${'d'.repeat(42)}A`;
    for (let i = 0; i < 20; i++) await w.call(current(w.byHeader({ credential })));
    const after = await w.app.context.read.sessions.list({}, { skip: 0, take: 1, total: true });
    assert.equal(after.total, before.total);
  });
});

onEachStore(
  'loading the session',
  (world) => {
    const ambiguous = (name: string, headers: (a: string, b: string, cookie: string) => Request['headers']) =>
      [current, validate].map((to) =>
        scenario({
          name: `${name}, ${to().path}`,
          given: async (w) => [await w.person(), await w.person()] as const,
          request: ([anna, ben], w) => to(headers(anna.credential, ben.credential, w.cookieName)),
          code: 'AMBIGUOUS_CREDENTIALS',
        }),
      );
    run(world, [
      scenario({
        name: 'header and cookie of the same session',
        given: (w) => w.person(),
        request: (person, w) => current({ ...w.byHeader(person), ...w.byCookie(person) }),
      }),
      scenario({
        name: 'a header with the public id of the session that the cookie proves',
        given: (w) => w.person(),
        request: (person, w) => current({ 'x-session-id': person.sessionId, ...w.byCookie(person) }),
      }),
      scenario({
        name: 'a cookie in quotes',
        given: (w) => w.person(),
        request: ({ credential }, w) => current(w.byCookie({ credential: `"${credential}"` })),
      }),
      scenario({
        name: 'a header in quotes is no credential',
        given: (w) => w.person(),
        request: ({ credential }, w) => current(w.byHeader({ credential: `"${credential}"` })),
        code: 'SESSION_NOT_FOUND',
      }),
      scenario({
        name: 'other cookies do not matter',
        given: (w) => w.person(),
        request: ({ credential }, w) =>
          current({
            cookie: `a=b; __proto__=1; ${w.cookieName}x=1; x${w.cookieName}=2; ${w.cookieName}=${credential}; =; c`,
          }),
      }),
      scenario({
        name: 'the name of the cookie is exact',
        given: (w) => w.person(),
        request: ({ credential }, w) => current({ cookie: `${w.cookieName.toUpperCase()}=${credential}` }),
        code: 'NOT_SIGNED',
      }),
      ...['?session_id=', '?x-session-id=', '?token='].map((query) =>
        scenario({
          name: `not from the URL: ${query}`,
          given: (w) => w.person(),
          request: ({ credential }) => ({
            method: 'GET',
            path: `/api/v1/sessions/current${query}${credential}`,
          }),
          code: 'NOT_SIGNED',
          afterwards: ({ credential }, answer) => assert.ok(!answer.text.includes(credential)),
        }),
      ),
      ...ambiguous('header and cookie of two sessions', (a, b, cookie) => ({
        'x-session-id': a,
        cookie: `${cookie}=${b}`,
      })),
      ...ambiguous("another session's public id and a cookie", (a, b, cookie) => ({
        'x-session-id': a.slice(0, 22),
        cookie: `${cookie}=${b}`,
      })),
      ...ambiguous('a dead header and a live cookie', (a, _b, cookie) => ({
        'x-session-id': 'dead',
        cookie: `${cookie}=${a}`,
      })),
      ...ambiguous('the header twice', (a, b) => ({ 'x-session-id': [a, b] })),
      ...ambiguous('the header twice the same', (a) => ({ 'x-session-id': [a, a] })),
      ...ambiguous('the cookie twice', (a, b, cookie) => ({ cookie: `${cookie}=${a}; ${cookie}=${b}` })),
      ...ambiguous('the cookie twice the same', (a, _b, cookie) => ({
        cookie: `${cookie}=${a}; ${cookie}=${a}`,
      })),
      ...ambiguous('the cookie in two header lines', (a, b, cookie) => ({
        cookie: [`${cookie}=${a}`, `${cookie}=${b}`],
      })),
      ...ambiguous('the authorization twice', (a, _b, cookie) => ({
        cookie: `${cookie}=${a}`,
        authorization: ['Bearer a', 'Bearer b'],
      })),
    ]);
  },
  { engines: ['sqlite'] },
);
