import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { test } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import express from 'express';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Context, Hono } from 'hono';
import { type Serve, testAdapter } from '../../test/adapter-table.ts';
import type { Verifier } from '../engine/verifier.ts';
import * as onExpress from '../express.ts';
import * as onFastify from '../fastify.ts';
import * as onHono from '../hono.ts';
import * as onNext from '../next.ts';
import * as onNode from '../node.ts';
import { createAdapter } from './adapter.ts';

const site = { site: 'site_id' };
const page = { onSignedOut: { redirect: '/signin' } } as const;
const headWith = (...headers: string[]) => ({ method: 'GET', target: '/', headers });

const serveNode: Serve = (verifier) => {
  const session = onNode.requireSession(verifier);
  const maybe = onNode.requireSession(verifier, { optional: true });
  const parameter = ({ url = '' }: { url?: string | undefined }) => url.split('/')[2];
  const say: onNode.Handler<onNode.Authenticated | undefined> = (_, response, caller) =>
    response.end(JSON.stringify({ user: caller?.userId ?? null }));
  const guarded = (check: onNode.Check) =>
    onNode.requireSession(verifier, { checks: [check], parameter })(say);
  const routes: Record<string, (...parameters: Parameters<RequestListener>) => unknown> = {
    optional: maybe(say),
    sites: guarded(onNode.requireRole('site:manager', site)),
    owned: guarded(onNode.requireRole('site:admin', site)),
    admin: guarded(onNode.requireRole('admin')),
    fresh: guarded(onNode.requireFresh('5m')),
    page: onNode.requireSession(verifier, page)(say),
    strict: onNode.requireSession(verifier, { cookieOnly: 'never' })(say),
  };
  return (request, response) =>
    void (routes[request.url?.split(/[/?]/)[1] ?? ''] ?? session(say))(request, response);
};

const serveExpress: Serve = (verifier) => {
  const { requireFresh, requireRole, requireSession } = onExpress;
  const app = express();
  const say: express.RequestHandler = (req, res) => void res.json({ user: req.auth?.userId ?? null });
  app.get('/optional', requireSession(verifier, { optional: true }), say);
  app.all('/page', requireSession(verifier, page), say);
  app.use('/strict', requireSession(verifier, { cookieOnly: 'never' }), say);
  app.use(requireSession(verifier));
  app.get('/sites/:site_id', requireRole('site:manager', site), say);
  app.get('/owned/:site_id', requireRole('site:admin', site), say);
  app.get('/admin', requireRole('admin'), say);
  app.get('/fresh', requireFresh('5m'), say);
  app.get('/', say);
  return app;
};

const serveFastify: Serve = async (verifier, context) => {
  const { requireFresh, requireRole, requireSession } = onFastify;
  const app = fastify();
  context.after(() => app.close());
  const say = async ({ auth }: FastifyRequest, _reply: FastifyReply) => ({ user: auth?.userId ?? null });
  app.get('/optional', { onRequest: requireSession(verifier, { optional: true }) }, say);
  app.all('/page', { onRequest: requireSession(verifier, page) }, say);
  app.get('/strict', { onRequest: requireSession(verifier, { cookieOnly: 'never' }) }, say);
  app.register(async (guarded) => {
    guarded.addHook('onRequest', requireSession(verifier));
    guarded.get('/sites/:site_id', { onRequest: requireRole('site:manager', site) }, say);
    guarded.get('/owned/:site_id', { preHandler: requireRole('site:admin', site) }, say);
    guarded.get('/admin', { onRequest: [requireRole('admin')] }, say);
    guarded.get('/fresh', { onRequest: [requireFresh('5m')] }, say);
    guarded.get('/', say);
  });
  await app.ready();
  return (request, response) => app.routing(request, response);
};

const serveHono: Serve = (verifier) => {
  const { requireFresh, requireRole, requireSession } = onHono;
  const app = new Hono<{ Variables: Partial<onHono.SessionVariables> }>();
  const say = (c: Context<{ Variables: Partial<onHono.SessionVariables> }>) =>
    c.json({ user: c.var.auth?.userId ?? null });
  const session = requireSession(verifier);
  app.get('/optional', requireSession(verifier, { optional: true }), say);
  app.all('/page', requireSession(verifier, page), say);
  app.get('/strict', requireSession(verifier, { cookieOnly: 'never' }), say);
  app.get('/sites/:site_id', session, requireRole('site:manager', site), say);
  app.get('/owned/:site_id', session, requireRole('site:admin', site), say);
  app.get('/admin', session, requireRole('admin'), say);
  app.get('/fresh', session, requireFresh('5m'), say);
  app.get('/', session, (c) => c.json({ user: c.var.auth.userId }));
  return getRequestListener(app.fetch);
};

/** The handlers that Next.js would call, without Next.js; compat/next runs the table in the real one. */
const serveNext: Serve = (verifier) => {
  const { requireFresh, requireRole, requireSession } = onNext;
  const say = (_request: Request, _context: unknown, caller: onNode.Authenticated | undefined) =>
    Response.json({ user: caller?.userId ?? null });
  const guarded = (check: onNext.Check) => requireSession(verifier, { checks: [check] })(say);
  const routes: Record<
    string,
    (request: Request, context: { params: Promise<object> }) => Promise<Response>
  > = {
    optional: requireSession(verifier, { optional: true })(say),
    sites: guarded(requireRole('site:manager', site)),
    owned: guarded(requireRole('site:admin', site)),
    admin: guarded(requireRole('admin')),
    fresh: guarded(requireFresh('5m')),
    page: requireSession(verifier, page)(say),
    strict: requireSession(verifier, { cookieOnly: 'never' })(say),
  };
  return getRequestListener((request) => {
    const [, name = '', site_id] = new URL(request.url).pathname.split('/');
    const handler = routes[name] ?? requireSession(verifier)(say);
    return handler(request, { params: Promise.resolve({ site_id }) });
  });
};

const table = {
  node: serveNode,
  express: serveExpress,
  fastify: serveFastify,
  hono: serveHono,
  next: serveNext,
};
for (const [name, serve] of Object.entries(table)) testAdapter(name, serve);

test('the guard of a proxy refuses, or lets the request go on', async () => {
  const verifier = { issuer: 'http://localhost', authenticate: async () => ({}) } as unknown as Verifier;
  const request = (headers: Record<string, string>) => new Request('http://localhost/', { headers });
  const refused = await onNext.guardProxy(verifier)(request({}));
  assert.deepEqual([refused?.status, refused?.headers.get('www-authenticate')], [401, 'Bearer']);
  assert.equal(await onNext.guardProxy(verifier, { optional: true })(request({})), undefined);
  const signedIn = request({ authorization: 'Bearer x.y.z', 'x-session-id': 'x' });
  assert.equal(await onNext.guardProxy(verifier)(signedIn), undefined);
});

test('the code of an error decides the answer, also for another copy of its class', async () => {
  for (const [code, status] of [
    ['INVALID_CREDENTIALS', 401],
    ['TOKEN_STALE', 401],
    ['UNAVAILABLE', 503],
    ['constructor', 503],
  ] as const) {
    const authenticate = () => Promise.reject(Object.assign(new Error('a copy'), { code }));
    const verifier = { issuer: 'http://localhost', authenticate } as unknown as Verifier;
    const { problem } = await createAdapter(verifier)(
      headWith('authorization', 'Bearer x.y.z', 'x-session-id', 'x'),
    );
    assert.equal(problem?.status, status, code);
  }
});

test('on https the __Host- cookie comes first', async () => {
  const seen: unknown[] = [];
  const verifier = {
    issuer: 'https://auth.example.com',
    authenticate: async (_: unknown, cookie: unknown) => void seen.push(cookie),
  } as unknown as Verifier;
  const cookies = 'x-session-id=planted; __Host-x-session-id=mine';
  const both = headWith('Authorization', 'Bearer x.y.z', 'Cookie', cookies);
  await createAdapter(verifier)(both);
  await createAdapter(verifier, { cookie: 'x-session-id' })(both);
  await createAdapter(verifier)(headWith('Authorization', 'Bearer x.y.z', 'Cookie', 'x-session-id=only'));
  assert.deepEqual(seen, ['mine', 'planted', 'only']);
});

test('on https a cookie that a sibling host may have set proves nothing without a token', async () => {
  const seen: unknown[] = [];
  const verifier = {
    issuer: 'https://auth.example.com',
    authenticateCookie: async (cookie: unknown) => void seen.push(cookie),
    authenticate: async () => ({}),
  } as unknown as Verifier;
  const page = ['Sec-Fetch-Site', 'none', 'Sec-Fetch-Mode', 'navigate', 'Sec-Fetch-Dest', 'document'];
  const send = async (cookies: string, options?: object) =>
    (await createAdapter(verifier, options)(headWith(...page, 'Cookie', cookies))).problem?.status;
  assert.equal(await send('x-session-id=planted'), 401);
  assert.equal(await send('__Host-x-session-id=; x-session-id=planted'), 401);
  assert.equal(await send('x-session-id=planted; __Host-x-session-id=mine'), undefined);
  assert.equal(await send('x-session-id=chosen', { cookie: 'x-session-id' }), undefined);
  assert.deepEqual(seen, ['mine', 'chosen']);
});

test('wrong options are refused at once', () => {
  const { requireFresh, requireRole } = onExpress;
  const verifier = { issuer: 'http://localhost', authenticate: async () => ({}) } as unknown as Verifier;
  const wrong = [
    { cookies: 'x' },
    { cookie: 5 },
    { cookie: '' },
    { cookie: 'a=b' },
    // Counted as true, it would let everybody pass.
    { optional: 'false' },
    { optional: null },
    { renew: 'false' },
    { cookieOnly: true },
    { cookieOnly: 'always' },
    { onSignedOut: 'redirect' },
    { onSignedOut: {} },
    { onSignedOut: null },
    { onSignedOut: { redirect: '/signin', to: '/' } },
    { onSignedOut: { redirect: 'signin' } },
    { onSignedOut: { redirect: '//signin.example.com' } },
    { onSignedOut: { redirect: '/\\signin.example.com' } },
    { onSignedOut: { redirect: 'javascript:alert(1)' } },
    { onSignedOut: { redirect: 5 } },
    { onStale: 'ask' },
    { onStale: null },
  ];
  for (const { requireSession } of [onExpress, onFastify, onHono, onNext, onNode]) {
    const make = requireSession as (verifier: unknown, options?: unknown) => unknown;
    for (const options of wrong) assert.throws(() => make(verifier, options), TypeError);
    for (const none of [undefined, null, {}]) assert.throws(() => make(none), /verifier/);
    const none = { cookie: undefined, optional: undefined, onStale: undefined, renew: undefined };
    make(verifier, { ...none, cookieOnly: undefined, onSignedOut: undefined });
    make(verifier, { onSignedOut: 'problem', cookieOnly: 'never' });
    make(verifier, { onSignedOut: { redirect: 'https://id.example.com/signin?theme=dark#top' } });
    // It is called with the first request, not before.
    make(() => assert.fail('called'));
  }
  for (const { requireSession, requireRole } of [onNext, onNode]) {
    const make = requireSession as (verifier: Verifier, options: object) => unknown;
    for (const checks of [requireRole('admin'), 'admin', [undefined]]) {
      assert.throws(() => make(verifier, { checks }), TypeError);
    }
  }
  for (const role of ['', 'a b', 'site:', 'a:b:c', undefined, null, ['admin']]) {
    assert.throws(() => requireRole(role as string), TypeError, String(role));
  }
  assert.throws(() => requireRole('site:manager'), TypeError);
  assert.throws(() => requireRole('site:manager', { site: '' }), TypeError);
  assert.throws(() => requireRole('admin', { site: 'site_id' }), TypeError);
  assert.throws(() => requireRole('admin', { sites: 'site_id' } as never), TypeError);
  for (const age of ['', '5', 'm', '-5m', '0m', '5 m', 0, -1, Number.NaN, Number.POSITIVE_INFINITY, ['5m']]) {
    assert.throws(() => requireFresh(age as string), TypeError, String(age));
  }
});
