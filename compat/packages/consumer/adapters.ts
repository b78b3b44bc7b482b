import { createServer } from 'node:http';
import { createVerifier } from '@latchkey/verify';
import * as onExpress from '@latchkey/verify/express';
import * as onFastify from '@latchkey/verify/fastify';
import * as onHono from '@latchkey/verify/hono';
import * as onNext from '@latchkey/verify/next';
import * as onNode from '@latchkey/verify/node';
import express from 'express';
import fastify from 'fastify';
import { Hono } from 'hono';

const verifier = createVerifier({ issuer: 'https://id.example.com', serviceKey: 'key' });
const site = { site: 'site_id' };

createServer(
  onNode.requireSession(verifier)((_request, response, caller) => response.end(`${caller.userId}`)),
);
onNode.requireSession(verifier, { optional: true })((_request, response, caller) => {
  // @ts-expect-error: may be nobody
  response.end(caller.sessionId);
});

express()
  .use(onExpress.requireSession(verifier))
  .get('/sites/:site_id', onExpress.requireRole('site:manager', site), (req, res) => {
    res.json({ roles: req.auth?.roles satisfies readonly string[] | undefined });
  });

const app = fastify();
app.addHook('onRequest', onFastify.requireSession(verifier));
app.get<{ Params: { site_id: string } }>(
  '/sites/:site_id',
  { onRequest: [onFastify.requireRole('site:manager', site), onFastify.requireFresh('5m')] },
  async ({ auth, params }) => ({ user: auth?.userId satisfies number | undefined, site: params.site_id }),
);

new Hono()
  .use(onHono.requireSession(verifier))
  .get('/me', (c) => c.json({ user: c.var.auth.userId satisfies number }));
new Hono().get('/maybe', onHono.requireSession(verifier, { optional: true }), (c) =>
  // @ts-expect-error: may be nobody
  c.json({ user: c.var.auth.userId }),
);
new Hono<{ Variables: onHono.SessionVariables }>().get(
  '/sites/:site_id',
  onHono.requireSession(verifier),
  onHono.requireRole('site:manager', site),
  (c) => c.json({ user: c.get('auth').userId, site: c.req.param('site_id') }),
);

type RouteHandler = (
  request: Request,
  context: { params: Promise<{ site_id: string }> },
) => Promise<Response>;
export const GET: RouteHandler = onNext.requireSession(verifier, {
  checks: [onNext.requireRole('site:manager', site)],
})(async (_request: Request, { params }: { params: Promise<{ site_id: string }> }, caller) =>
  Response.json({ user: caller.userId satisfies number, site: (await params).site_id }),
);
export const proxy: (request: Request) => Promise<Response | undefined> = onNext.guardProxy(verifier);
