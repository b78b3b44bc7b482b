import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request as httpRequest, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import express from 'express';
import type { Issuer } from '../test/issuer.ts';
import { startReady } from '../test/start.ts';
import { requireFresh, requireRole, requireSession } from './express.ts';
import * as node from './node.ts';
import type { Verifier } from './verifier.ts';

type Header = [name: string, value: string];
interface Answer {
  status: number;
  code?: string;
  user?: number | null;
  retryAfter: string | undefined;
  type: string | undefined;
}

async function listen(
  context: TestContext,
  listener: RequestListener,
): Promise<(path: string, headers: Header[]) => Promise<Answer>> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return async (path, headers) => {
    // A flat list sends every field as it stands, duplicates too.
    const sent = httpRequest({
      port,
      path,
      headers: ['host', 'localhost', ...headers.flat()] as never,
      agent: false,
    }).end();
    const [response] = await once(sent, 'response');
    let text = '';
    for await (const chunk of response) text += chunk;
    const { code, user } = JSON.parse(text) as { code?: string; user?: number | null };
    const { 'retry-after': retryAfter, 'content-type': type } = response.headers;
    const answer = { status: response.statusCode, retryAfter, type };
    return { ...answer, ...(code !== undefined && { code }), ...(user !== undefined && { user }) };
  };
}

type Make = (verifier: Verifier) => RequestListener;

const frameworks: Record<string, Make> = {
  node: (verifier) => {
    const session = node.requireSession(verifier);
    const maybe = node.requireSession(verifier, { optional: true });
    const parameter = ({ url = '' }: { url?: string | undefined }): string | undefined => url.split('/')[2];
    const say: node.Handler<node.Authenticated | undefined> = (_, response, caller) =>
      response.end(JSON.stringify({ user: caller?.userId ?? null }));
    const guarded = (check: node.Check) => node.requireSession(verifier, { checks: [check], parameter })(say);
    const routes: Record<string, (...parameters: Parameters<RequestListener>) => unknown> = {
      optional: maybe(say),
      sites: guarded(node.requireRole('site:manager', { site: 'site_id' })),
      owned: guarded(node.requireRole('site:admin', { site: 'site_id' })),
      admin: guarded(node.requireRole('admin')),
      fresh: guarded(node.requireFresh('5m')),
    };
    return (request, response) =>
      void (routes[request.url?.split('/')[1] ?? ''] ?? session(say))(request, response);
  },
  express: (verifier) => {
    const app = express();
    const say: express.RequestHandler = (req, res) => void res.json({ user: req.auth?.userId ?? null });
    app.get('/optional', requireSession(verifier, { optional: true }), say);
    app.use(requireSession(verifier));
    app.get('/sites/:site_id', requireRole('site:manager', { site: 'site_id' }), say);
    app.get('/owned/:site_id', requireRole('site:admin', { site: 'site_id' }), say);
    app.get('/admin', requireRole('admin'), say);
    app.get('/fresh', requireFresh('5m'), say);
    app.get('/', say);
    return app;
  },
};

const headers = ({ token, credential }: { token: string; credential: string }): [Header, Header] => [
  ['Authorization', `Bearer ${token}`],
  ['Cookie', `a=b; x-session-id=${credential}; c=d`],
];

for (const [name, make] of Object.entries(frameworks)) {
  async function serve(
    context: TestContext,
    options = {},
  ): Promise<{
    get: (path: string, headers: Header[]) => Promise<Answer>;
    issuer: Issuer;
    verifier: Verifier;
  }> {
    const { issuer, verifier } = await startReady(context, options);
    return { get: await listen(context, make(verifier)), issuer, verifier };
  }

  test(`${name}: lets a signed-in caller pass`, async (context) => {
    const { get, issuer } = await serve(context);
    const session = issuer.session();
    const [authorization, cookie] = headers(session);
    for (const sent of [
      [authorization, cookie],
      [['authorization', `bearer ${session.token}`], cookie],
      [authorization, ['X-Session-Id', session.credential]],
      [authorization, cookie, ['x-session-id', session.credential]],
    ] as Header[][]) {
      const { status, user } = await get('/', sent);
      assert.deepEqual({ status, user }, { status: 200, user: 4503599627370495 });
    }
  });

  test(`${name}: refuses every other way of sending credentials`, async (context) => {
    const { get, issuer } = await serve(context);
    const session = issuer.session();
    const other = issuer.session();
    const [authorization, cookie] = headers(session);
    const [, otherCookie] = headers(other);
    const bad: Header[][] = [
      [],
      [authorization],
      [cookie],
      [authorization, otherCookie],
      [authorization, authorization, cookie],
      [authorization, cookie, cookie],
      [authorization, ['cookie', `x-session-id=${session.credential}; x-session-id=${session.credential}`]],
      [authorization, cookie, ['x-session-id', other.credential]],
      [authorization, ['x-session-id', session.credential], ['x-session-id', session.credential]],
      [authorization, ['cookie', `X-Session-Id=${session.credential}`]],
      [authorization, ['cookie', `x-session-id="${session.credential}"`]],
      [authorization, ['cookie', `x-session-id=${session.credential.replace('.', '%2E')}`]],
      ...[
        '',
        'Bearer',
        'Bearer ',
        `Bearer  ${session.token}`,
        `Bearer\t${session.token}`,
        session.token,
        `Basic ${session.token}`,
        `Bearer Bearer ${session.token}`,
        `Bearer ${session.token}, Bearer x`,
        `Bearer ${session.token} x`,
        'Bearer undefined',
        'Bearer null',
        `Bearer "${session.token}"`,
      ].map((value): Header[] => [['authorization', value], cookie]),
    ];
    for (const sent of bad) {
      const { status, code, type } = await get('/', sent);
      const wanted = { status: 401, code: 'INVALID_CREDENTIALS', type: 'application/problem+json' };
      assert.deepEqual(
        { status, code, type },
        wanted,
        JSON.stringify(sent.map(([key, value]) => [key, value.slice(0, 20)])),
      );
    }
  });

  test(`${name}: optional sign-in lets nobody pass, and no bad credentials`, async (context) => {
    const { get, issuer } = await serve(context);
    const session = issuer.session();
    const sent = headers(session);
    assert.equal((await get('/optional', [])).user, null);
    assert.equal((await get('/optional', [['cookie', 'other=1']])).user, null);
    assert.equal((await get('/optional', sent)).user, 4503599627370495);
    assert.equal((await get('/optional', [sent[0]])).status, 401);
    assert.equal((await get('/optional', [sent[1]])).status, 401);
    assert.equal((await get('/optional', [['authorization', 'Bearer x'], sent[1]])).status, 401);
  });

  test(`${name}: roles, on a site and global`, async (context) => {
    const { get, issuer } = await serve(context);
    const manager = headers(issuer.session());
    const admin = headers(issuer.session({ roles: ['admin'] }));
    const user = headers(issuer.session({ roles: ['77:user', '78:admin', '77'] }));
    const expected: [string, Header[], number, string | undefined][] = [
      ['/sites/77', manager, 200, undefined],
      ['/sites/78', manager, 403, 'NOT_IN_SITE_ROLE'],
      ['/owned/77', manager, 403, 'NOT_IN_SITE_ROLE'],
      ['/admin', manager, 403, 'NOT_IN_ROLE'],
      ['/sites/77', user, 403, 'NOT_IN_SITE_ROLE'],
      ['/sites/78', user, 200, undefined],
      ['/owned/78', user, 200, undefined],
      ['/admin', user, 403, 'NOT_IN_ROLE'],
      ['/sites/77', admin, 200, undefined],
      ['/owned/99', admin, 200, undefined],
      ['/admin', admin, 200, undefined],
    ];
    for (const [path, sent, status, code] of expected) {
      const answer = await get(path, sent);
      assert.deepEqual([answer.status, answer.code], [status, code], path);
    }
  });

  test(`${name}: asks for a fresh proof of presence`, async (context) => {
    const { get, issuer } = await serve(context);
    const now = issuer.now();
    assert.equal((await get('/fresh', headers(issuer.session({ auth_time: now - 290 })))).status, 200);
    const old = await get('/fresh', headers(issuer.session({ auth_time: now - 310 })));
    assert.deepEqual([old.status, old.code], [403, 'REAUTH_REQUIRED']);
  });

  test(`${name}: a stale token and an outage have answers of their own`, async (context) => {
    const { get, issuer, verifier } = await serve(context, { onStale: 'reject' });
    const session = issuer.session();
    issuer.append({ user: 4503599627370495 }, 'refresh');
    while (verifier.status().position !== 1) await new Promise((resolve) => setTimeout(resolve, 5));
    const stale = await get('/', headers(session));
    assert.deepEqual([stale.status, stale.code], [401, 'TOKEN_STALE']);
    verifier.close();
    const outage = await get('/', headers(session));
    assert.deepEqual([outage.status, outage.code, outage.retryAfter], [503, 'UNAVAILABLE', '1']);
  });
}

test('on https the __Host- cookie comes first', async () => {
  const seen: unknown[] = [];
  const verifier = {
    issuer: 'https://auth.example.com',
    authenticate: async (_: unknown, cookie: unknown) => void seen.push(cookie),
  } as unknown as Verifier;
  const { createAdapter } = await import('./adapter.ts');
  const both = ['Authorization', 'Bearer x.y.z', 'Cookie', 'x-session-id=planted; __Host-x-session-id=mine'];
  await createAdapter(verifier)(both);
  await createAdapter(verifier, { cookie: 'x-session-id' })(both);
  await createAdapter(verifier)(['Authorization', 'Bearer x.y.z', 'Cookie', 'x-session-id=only']);
  assert.deepEqual(seen, ['mine', 'planted', 'only']);
});

test('wrong options are refused at once', () => {
  const verifier = { issuer: 'http://localhost' } as Verifier;
  assert.throws(() => requireSession(verifier, { cookies: 'x' } as never), TypeError);
  for (const role of ['', 'a b', 'site:', 'site', 'a:b:c'].filter((each) => each !== 'site')) {
    assert.throws(() => requireRole(role), TypeError, role);
  }
  assert.throws(() => requireRole('site:manager'), TypeError);
  assert.throws(() => requireRole('admin', { site: 'site_id' }), TypeError);
  for (const age of ['', '5', 'm', '-5m', '0m', '5 m', 0, -1, Number.NaN]) {
    assert.throws(() => requireFresh(age), TypeError, String(age));
  }
});
