/**
 * What a verifier needs of Latchkey, and nothing more: the key set, which an order gives, and the feed of a log with
 * REVOKED sessions. It runs on the load's core, so the verifier has its own core to itself. Format: docs/development/feed.md.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveOrders } from './serve-orders.ts';
import { newSessionId } from './tokens.ts';

const count = Number(process.env.REVOKED ?? 100_000);
/** Where the log ends: the position that the tokens name, however few entries are left. */
const head = Math.max(count, 100_000);
const from = head - count;
const started = seconds();
const entries = Array.from({ length: count }, (_, index) => ({
  seq: from + index + 1,
  at: started,
  subject: { session: newSessionId() },
  action: 'reject',
  reason: 'signout',
  expiresAt: started + 3600,
}));
let keys: unknown[] = [];

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname === '/.well-known/jwks.json') return json(response, { keys });
  if (url.pathname !== '/auth/revocations') return json(response, {}, 404);
  if (request.method === 'POST') return json(response, {});
  if (request.headers.accept?.startsWith('application/json')) return poll(response, url);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const snapshot = { from, position: head, head, time: seconds(), entries };
  response.write(`event: snapshot\nid: ${head}\ndata: ${JSON.stringify(snapshot)}\n\n`);
  const beat = setInterval(() => {
    response.write(`event: heartbeat\ndata: ${JSON.stringify({ head, time: seconds() })}\n\n`);
  }, 2000);
  response.on('close', () => clearInterval(beat));
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  serveOrders((jwk: unknown) => {
    keys = [jwk];
  }, port);
});

function poll(response: ServerResponse, url: URL): void {
  const after = url.searchParams.get('after');
  const position = Number(after ?? from);
  const page = entries.slice(position - from, position - from + 1000);
  const common = { position: position + page.length, head, time: seconds(), entries: page };
  json(response, after === null ? { snapshot: true, from, ...common } : { snapshot: false, ...common });
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function seconds(): number {
  return Math.floor(Date.now() / 1000);
}
