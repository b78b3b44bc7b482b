import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { type ProblemCode, problem } from '../src/adapter/problem.ts';
import type { Verifier, VerifierOptions } from '../src/index.ts';
import { type Issuer, until } from './issuer.ts';
import { mint } from './mint.ts';
import { startReady } from './start.ts';

type Header = [name: string, value: string];

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

type Get = (path: string, headers: Header[], method?: string) => Promise<Answer>;

/**
 * Serves `/` and `/optional` (optional sign-in), `/sites/:site_id` (manager of the site), `/owned/:site_id` (admin of
 * the site), `/admin` and `/fresh` (5 minutes), `/page` (who is signed out goes to `/signin`; every method) and `/strict` (never the cookie alone) with the verifier; each answers `{"user": …}`, null for nobody.
 */
export type Serve = (verifier: Verifier, context: TestContext) => RequestListener | Promise<RequestListener>;

/** What a framework does with a request before an adapter sees it. */
export interface Peculiarities {
  /** It drops all but the first `Authorization`. */
  readonly firstAuthorization?: true;
}

const userId = 4503599627370495;

type Start = (
  context: TestContext,
  options?: Partial<VerifierOptions>,
) => Promise<{ get: Get; issuer: Issuer; verifier: Verifier }>;

/** One table of requests and answers, for every framework. */
export function testAdapter(name: string, serve: Serve, { firstAuthorization }: Peculiarities = {}): void {
  const start: Start = async (context, options = {}) => {
    const { issuer, verifier } = await startReady(context, options);
    return { get: await listen(context, await serve(verifier, context)), issuer, verifier };
  };
  testCookieAlone(name, start);

  test(`${name}: accepts a signed-in caller`, async (context) => {
    const { get, issuer } = await start(context);
    const session = issuer.session();
    const [authorization, cookie] = headersOf(session);
    const good: Header[][] = [
      [authorization, cookie],
      [['authorization', `bearer ${session.token}`], cookie],
      [authorization, ['X-Session-Id', session.credential]],
      [authorization, cookie, ['x-session-id', session.credential]],
      [authorization, cookie, ['x-session-id', session.id]],
      [authorization, cookie, ['x-session-id', '']],
      [authorization, ['cookie', 'x-session-id='], ['x-session-id', session.credential]],
      [authorization, ['cookie', `x-session-id="${session.credential}"`]],
      [authorization, cookie, ['x-session-id', 'null']],
      [authorization, cookie, ['x-session-id', 'undefined']],
      [authorization, ['cookie', 'x-session-id=null'], cookie],
      [['authorization', `Basic YTpi, Bearer ${session.token}`], cookie],
      [['authorization', `Bearer ${session.token}, Digest username="a", realm="b"`], cookie],
      [authorization, ['authorization', 'Basic YTpi'], cookie],
      ...(firstAuthorization
        ? []
        : [[['authorization', 'Basic YTpi'], authorization, cookie] satisfies Header[]]),
    ];
    for (const sent of good) assertUser(await get('/', sent), userId);
  });

  test(`${name}: refuses every other way of sending credentials`, async (context) => {
    const { get, issuer } = await start(context);
    for (const sent of badHeaders(issuer, firstAuthorization === true)) {
      assertProblem(await get('/', sent), 'INVALID_CREDENTIALS', shown(sent));
    }
  });

  test(`${name}: with optional sign-in, a request that proves no live session is anonymous`, async (context) => {
    const { get, issuer, verifier } = await start(context);
    const [session, closed] = [issuer.session(), issuer.session()];
    const [authorization, cookie] = headersOf(session);
    issuer.append({ session: closed.id });
    await until(() => verifier.status().position === 1);
    assertUser(await get('/optional', [authorization, cookie]), userId);
    const now = issuer.now();
    const expired = mint(issuer.key, closed, issuer.url, { iat: now - 400, exp: now - 100 });
    const nobody: Header[][] = [
      [],
      [['cookie', 'other=1']],
      [['cookie', 'x-session-id=']],
      [['x-session-id', '']],
      [['x-session-id', 'null']],
      [['cookie', 'x-session-id=undefined']],
      [authorization],
      [cookie],
      [['authorization', 'Digest username="a, Bearer b", realm="c"']],
      [['authorization', 'Bearer ']],
      [['x-session-id', session.id]],
      [['authorization', 'Basic YTpi'], cookie],
      [['authorization', 'Bearer null'], cookie],
      [['authorization', 'Bearer x'], cookie],
      [authorization, headersOf(closed)[1]],
      headersOf(closed),
      headersOf({ ...closed, token: expired }),
      [headersOf({ ...closed, token: expired })[0]],
      [headersOf({ ...session, token: expired })[0], headersOf(closed)[1]],
      [authorization, ['cookie', `x-session-id=${'A'.repeat(22)}.${'A'.repeat(43)}`]],
      [...navigation('none'), ['cookie', `x-session-id=${'A'.repeat(22)}.${'A'.repeat(43)}`]],
      [...navigation('none'), ['cookie', 'x-session-id=junk']],
    ];
    for (const sent of nobody) assertUser(await get('/optional', sent), null, shown(sent));
    issuer.append({ key: issuer.key.kid });
    await until(() => verifier.status().position === 2);
    assertUser(await get('/optional', [authorization, cookie]), null);
  });

  test(`${name}: with optional sign-in, ambiguous, malformed, stale and uncheckable requests are still refused`, async (context) => {
    const { get, issuer, verifier } = await start(context, { onStale: 'reject' });
    const session = issuer.session();
    const [authorization, cookie] = headersOf(session);
    const bad: Header[][] = [
      [authorization, cookie, cookie],
      [authorization, cookie, ['x-session-id', issuer.session().credential]],
      [['authorization', `Bearer ${session.token} x`], cookie],
    ];
    for (const sent of bad) assertProblem(await get('/optional', sent), 'INVALID_CREDENTIALS', shown(sent));
    issuer.append({ user: userId }, 'refresh');
    await until(() => verifier.status().position === 1);
    assertProblem(await get('/optional', headersOf(session)), 'TOKEN_STALE');
    verifier.close();
    assertProblem(await get('/optional', headersOf(session)), 'UNAVAILABLE');
  });

  test(`${name}: roles, on a site and global`, async (context) => {
    const { get, issuer } = await start(context);
    const manager = headersOf(issuer.session());
    const admin = headersOf(issuer.session({ roles: ['admin'] }));
    const user = headersOf(issuer.session({ roles: ['77:user', '78:admin', '77'] }));
    const expected: [string, Header[], ProblemCode?][] = [
      ['/sites/77', manager],
      ['/sites/78', manager, 'NOT_IN_SITE_ROLE'],
      ['/owned/77', manager, 'NOT_IN_SITE_ROLE'],
      ['/admin', manager, 'NOT_IN_ROLE'],
      ['/sites/77', user, 'NOT_IN_SITE_ROLE'],
      ['/sites/78', user],
      ['/owned/78', user],
      ['/admin', user, 'NOT_IN_ROLE'],
      ['/sites/77', admin],
      ['/owned/99', admin],
      ['/admin', admin],
      ['/admin', [], 'INVALID_CREDENTIALS'],
      ['/sites/77', [], 'INVALID_CREDENTIALS'],
    ];
    for (const [path, sent, code] of expected) {
      const answer = await get(path, sent);
      if (code === undefined) assertUser(answer, userId);
      else assertProblem(answer, code, path);
    }
  });

  test(`${name}: requires a fresh proof of presence`, async (context) => {
    const { get, issuer } = await start(context);
    const now = issuer.now();
    assertUser(await get('/fresh', headersOf(issuer.session({ auth_time: now - 290 }))), userId);
    assertProblem(
      await get('/fresh', headersOf(issuer.session({ auth_time: now - 310 }))),
      'REAUTH_REQUIRED',
    );
  });

  test(`${name}: a closed session, a stale token and an outage have answers of their own`, async (context) => {
    const { get, issuer, verifier } = await start(context, { onStale: 'reject' });
    const [closed, session] = [issuer.session(), issuer.session()];
    issuer.append({ session: closed.id });
    await until(() => verifier.status().position === 1);
    assertProblem(await get('/', headersOf(closed)), 'INVALID_CREDENTIALS');
    issuer.append({ user: userId }, 'refresh');
    await until(() => verifier.status().position === 2);
    assertProblem(await get('/', headersOf(session)), 'TOKEN_STALE');
    verifier.close();
    assertProblem(await get('/', headersOf(session)), 'UNAVAILABLE');
  });
}

/** What a browser sends with the cookie alone, when a page may be proven so. */
const fromOwnSite: Header[][] = [
  [...navigation('none')],
  [...navigation('cross-site')],
  [
    ['Sec-Fetch-Site', 'same-origin'],
    ['Sec-Fetch-Mode', 'no-cors'],
    ['Sec-Fetch-Dest', 'image'],
  ],
  [['Accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8']],
];
const fromElsewhere: Header[][] = [
  [],
  [['Accept', '*/*']],
  [
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Mode', 'no-cors'],
    ['Sec-Fetch-Dest', 'image'],
    ['Accept', 'text/html'],
  ],
  [
    ['Sec-Fetch-Site', 'cross-site'],
    ['Sec-Fetch-Mode', 'navigate'],
    ['Sec-Fetch-Dest', 'iframe'],
  ],
];

function navigation(site: string): Header[] {
  return [
    ['Sec-Fetch-Site', site],
    ['Sec-Fetch-Mode', 'navigate'],
    ['Sec-Fetch-Dest', 'document'],
    ['Accept', 'text/html'],
  ];
}

/** The cases in which a request has no token, or none that still lives. */
function testCookieAlone(name: string, start: Start): void {
  test(`${name}: a page behind HTTP Basic is proven by the cookie`, async (context) => {
    const { get, issuer } = await start(context);
    const cookie: Header = ['Cookie', `x-session-id=${issuer.session().credential}`];
    for (const value of ['Basic YTpi', 'Negotiate x', 'Digest username="a", realm="b"', '', 'Bearer null']) {
      const sent: Header[] = [...navigation('none'), ['authorization', value], cookie];
      for (const path of ['/', '/page', '/optional']) assertUser(await get(path, sent), userId, value);
    }
  });

  test(`${name}: the cookie alone proves a page, with one request to the issuer`, async (context) => {
    const { get, issuer } = await start(context);
    const { credential } = issuer.session();
    const cookie: Header = ['Cookie', `x-session-id=${credential}`];
    const first = fromOwnSite.flatMap((sent) => [get('/', [...sent, cookie]), get('/', [...sent, cookie])]);
    for (const answer of await Promise.all(first)) assertUser(answer, userId);
    for (const sent of fromOwnSite) assertUser(await get('/optional', [...sent, cookie]), userId);
    assert.equal(issuer.paths('/auth/who-am-i'), 1);
    for (const sent of fromElsewhere) {
      assertProblem(await get('/', [...sent, cookie]), 'INVALID_CREDENTIALS', shown(sent));
      assertUser(await get('/optional', [...sent, cookie]), null, shown(sent));
    }
    const page = [...navigation('none'), cookie];
    assertProblem(await get('/page', page, 'POST'), 'INVALID_CREDENTIALS');
    assertProblem(await get('/strict', page), 'INVALID_CREDENTIALS');
    const header: Header = ['x-session-id', credential];
    assertProblem(await get('/', [...navigation('none'), header]), 'INVALID_CREDENTIALS');
    assert.equal(issuer.paths('/auth/who-am-i'), 1);
  });

  test(`${name}: a session that is closed is refused by its cookie, too`, async (context) => {
    const { get, issuer, verifier } = await start(context);
    const session = issuer.session();
    const page: Header[] = [...navigation('same-origin'), ['Cookie', `x-session-id=${session.credential}`]];
    assertUser(await get('/', page), userId);
    issuer.append({ session: session.id });
    await until(() => verifier.status().position === 1);
    assertProblem(await get('/', page), 'INVALID_CREDENTIALS');
    assertUser(await get('/optional', page), null);
    assert.equal(issuer.paths('/auth/who-am-i'), 1);
    verifier.close();
    assertProblem(await get('/', page), 'UNAVAILABLE');
  });

  test(`${name}: a page that nobody is signed in for leads to the sign-in, and back`, async (context) => {
    const { get, verifier } = await start(context);
    for (const method of ['GET', 'HEAD']) {
      const { status, headers } = await get('/page?x=1&y=2', navigation('none'), method);
      assert.deepEqual(
        [status, headers.location, headers['cache-control']],
        [302, '/signin?return_to=%2Fpage%3Fx%3D1%26y%3D2', 'no-store'],
      );
    }
    const dead: Header = ['Cookie', `x-session-id=${'A'.repeat(22)}.${'A'.repeat(43)}`];
    assert.equal((await get('/page', [...navigation('none'), dead])).status, 302);
    assertProblem(await get('/page', [['Accept', '*/*']]), 'INVALID_CREDENTIALS');
    assertProblem(await get('/page', navigation('none'), 'POST'), 'INVALID_CREDENTIALS');
    // Signing in would not help, so the way there would never end.
    assertProblem(await get('/page', [...navigation('none'), dead, dead]), 'INVALID_CREDENTIALS');
    verifier.close();
    assertProblem(await get('/page', [...navigation('none'), dead]), 'UNAVAILABLE');
  });

  test(`${name}: a token that has expired beside a live cookie is renewed, once for all requests`, async (context) => {
    const { get, issuer, verifier } = await start(context);
    const now = issuer.now();
    const session = issuer.session();
    const old = { iat: now - 400, exp: now - 100 };
    const expired = mint(issuer.key, session, issuer.url, old);
    const sent = headersOf({ ...session, token: expired });
    const answers = await Promise.all(Array.from({ length: 50 }, () => get('/', sent)));
    for (const answer of answers) assertUser(answer, userId);
    assert.equal(issuer.paths('/auth/who-am-i'), 1);
    const renewed = new Set(answers.map(({ headers }) => headers['x-latchkey-token'] ?? ''));
    assert.equal(renewed.size, 1);
    const [token = ''] = renewed;
    const next = await get('/', headersOf({ ...session, token }));
    assertUser(next, userId);
    assert.equal(next.headers['x-latchkey-token'], undefined);
    // Changes, too: a page of another site cannot send the header with the token.
    assertUser(await get('/page', sent, 'POST'), userId);
    const other = issuer.session();
    assertProblem(await get('/', [sent[0], headersOf(other)[1]]), 'INVALID_CREDENTIALS');
    const forged = expired.slice(0, expired.lastIndexOf('.')) + token.slice(token.lastIndexOf('.'));
    assertProblem(await get('/', headersOf({ ...session, token: forged })), 'INVALID_CREDENTIALS');
    issuer.append({ session: session.id });
    await until(() => verifier.status().position === 1);
    assertProblem(await get('/', sent), 'INVALID_CREDENTIALS');
    assert.equal(issuer.paths('/auth/who-am-i'), 1);
  });
}

async function listen(context: TestContext, listener: RequestListener): Promise<Get> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return async (path, headers, method = 'GET') => {
    // A flat list sends every field as it stands, duplicates too.
    const fields = ['host', 'localhost', 'content-length', '0', ...headers.flat()];
    const sent = httpRequest({ port, path, method, headers: fields as never, agent: false }).end();
    const [response] = await once(sent, 'response');
    let text = '';
    for await (const chunk of response) text += chunk;
    return { status: response.statusCode, headers: response.headers, body: text && JSON.parse(text) };
  };
}

function assertUser({ status, body }: Answer, user: number | null, message?: string): void {
  assert.deepEqual({ status, body, message }, { status: 200, body: { user }, message });
}

/** Asserts that the answer is the one for this code, in status, body and headers. */
function assertProblem({ status, headers, body }: Answer, code: ProblemCode, message: string = code): void {
  const wanted = problem(code);
  assert.equal(status, wanted.status, message);
  assert.deepEqual(body, JSON.parse(wanted.body), message);
  for (const name of ['content-type', 'cache-control', 'www-authenticate', 'retry-after']) {
    assert.equal(headers[name], wanted.headers[name], `${name} ${message}`);
  }
}

function headersOf({ token, credential }: { token: string; credential: string }): [Header, Header] {
  return [
    ['Authorization', `Bearer ${token}`],
    ['Cookie', `a=b; x-session-id=${credential}; c=d`],
  ];
}

const shown = (sent: Header[]) => JSON.stringify(sent.map(([name, value]) => [name, value.slice(0, 20)]));

function badHeaders(issuer: Issuer, firstAuthorization: boolean): Header[][] {
  const [session, other] = [issuer.session(), issuer.session()];
  const [authorization, cookie] = headersOf(session);
  const { token, credential } = session;
  return [
    [],
    [authorization],
    [cookie],
    [authorization, headersOf(other)[1]],
    ...(firstAuthorization ? [] : [[authorization, authorization, cookie]]),
    [['authorization', `Bearer ${other.token}`], authorization, cookie],
    [authorization, cookie, cookie],
    [authorization, ['cookie', `x-session-id=${credential}; x-session-id=${credential}`]],
    [authorization, cookie, ['x-session-id', other.credential]],
    [authorization, ['x-session-id', credential], ['x-session-id', credential]],
    [authorization, ['cookie', `X-Session-Id=${credential}`]],
    [authorization, ['cookie', 'x-session-id=']],
    [authorization, ['x-session-id', session.id]],
    [authorization, cookie, ['x-session-id', other.id]],
    [authorization, ['x-session-id', `"${credential}"`]],
    [authorization, ['cookie', `x-session-id=${credential.replace('.', '%2E')}`]],
    ...[
      '',
      'Bearer',
      'Bearer ',
      `Bearer  ${token}`,
      `Bearer\t${token}`,
      token,
      `Basic ${token}`,
      `Bearer Bearer ${token}`,
      `Bearer ${token}, Bearer x`,
      `Bearer ${token} x`,
      'Bearer undefined',
      'Bearer null',
      `Bearer "${token}"`,
    ].map((value): Header[] => [['authorization', value], cookie]),
  ];
}
