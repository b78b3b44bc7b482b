/** Every route that GET has is asked by GET and by HEAD, and the answers are compared, on a real connection. */
import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { it } from 'node:test';
import { newCaller, newStage, type Stage } from '../access/callers.ts';
import { examples } from '../access/examples.ts';
import { assertProblem, onEachStore, type World } from '../support/world.ts';

/** Beside the operations of the document. */
const others = ['/', '/docs', '/docs/', '/docs/js/scalar.js', '/docs/errors', '/openapi.json']
  .concat(['/robots.txt', '/favicon.ico', '/recover', '/invitation', '/pages/pages.js', '/pages/pages.css'])
  .concat(['/nowhere', '/api/v1/signin', '/api/v1/sessions?x=1', '/health/ready?x=1']);

interface Document {
  readonly paths: Readonly<Record<string, { readonly get?: { readonly operationId: string } }>>;
}

/** Header fields that may differ from one request to the next. */
const ownOfEach = new Set(['date']);

const comparable = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !ownOfEach.has(name)));

async function pathOf(stage: Stage, path: string, operationId: string) {
  const caller = await newCaller(stage, 'admin');
  const {
    query = '',
    path: members = {},
    headers = {},
  } = (await examples[operationId]?.(stage, caller)) ?? {};
  const named: Record<string, string> = { user_id: stage.owner.id, site_id: stage.site, ...members };
  const url = path.replace(/\{(\w+)\}/g, (_, name) => named[name]!) + query;
  return { url, headers: { ...(path.startsWith('/auth/') ? caller.auth : caller.facade), ...headers } };
}

async function assertSame(w: World, path: string, given: Record<string, string>): Promise<number> {
  // Problems have the request's id, and so its length.
  const headers = { 'x-request-id': 'same', ...given };
  const get = await w.call({ method: 'GET', path, headers });
  const head = await w.call({ method: 'HEAD', path, headers });
  assert.equal(head.text, '', path);
  assert.deepEqual([head.status, comparable(head.headers)], [get.status, comparable(get.headers)], path);
  return get.status;
}

onEachStore(
  'HEAD',
  (world) => {
    it('answers as GET does on every operation', async () => {
      const w = world();
      const { paths } = (await w.call({ method: 'GET', path: '/openapi.json' })).json as unknown as Document;
      const stage = await newStage(w);
      const serviceKey = { authorization: `Bearer ${await w.serviceKey()}` };
      let count = 0;
      for (const [path, { get }] of Object.entries(paths)) {
        if (get === undefined) continue;
        const { url, headers } = await pathOf(stage, path, get.operationId);
        const proof = path.startsWith('/auth/revocations') ? { ...headers, ...serviceKey } : headers;
        const status = await assertSame(w, url, proof);
        assert.ok(status === 200 || status === 204, `${url} answered ${status}`);
        await assertSame(w, url, {});
        count += 1;
      }
      assert.ok(count > 25);
    });

    it('answers as GET does everywhere else, refusals included', async () => {
      for (const path of others) await assertSame(world(), path, {});
    });

    it('ends at once on the feed, which it does not follow', async () => {
      const w = world();
      const authorization = `Bearer ${await w.serviceKey('glance')}`;
      const head = await w.call({ method: 'HEAD', path: '/auth/revocations', headers: { authorization } });
      assert.deepEqual(
        [head.status, head.headers['content-type'], head.text],
        [200, 'text/event-stream; charset=utf-8', ''],
      );
      const person = await w.person();
      const path = `/api/v1/sessions/${person.id}/${person.sessionId}?wait=confirmed`;
      const { json } = await w.call({ method: 'DELETE', path, headers: w.byHeader(person) });
      assert.ok(!(json.pending as string[]).includes('glance'), 'nobody waits for it');
    });

    it('may have no body', async () => {
      const request = { method: 'HEAD', path: '/health/alive', body: '{}' };
      assert.equal((await world().call(request)).status, 400);
    });
  },
  { engines: ['sqlite'] },
);

onEachStore(
  'OPTIONS',
  (world) => {
    it('tells the methods of a path', async () => {
      const w = world();
      const table: readonly [path: string, allow: string][] = [
        ['/api/v1/signin', 'OPTIONS, POST'],
        ['/api/v1/sessions/1/2', 'DELETE, OPTIONS'],
        ['/auth/sessions', 'DELETE, GET, HEAD, OPTIONS'],
        ['/docs/', 'GET, HEAD, OPTIONS'],
      ];
      for (const [path, allow] of table) {
        const answer = await w.call({ method: 'OPTIONS', path });
        assert.deepEqual([answer.status, answer.headers.allow, answer.text], [204, allow, ''], path);
      }
      assertProblem(await w.call({ method: 'OPTIONS', path: '/nowhere' }), 404, 'NOT_FOUND');
    });

    it('tells pages of other origins nothing', async () => {
      const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
      const answer = await world().call({ method: 'OPTIONS', path: '/api/v1/signin', headers });
      assertProblem(answer, 405, 'METHOD_NOT_ALLOWED');
    });
  },
  { engines: ['sqlite'] },
);

onEachStore(
  'OPTIONS with an allowed origin',
  (world) => {
    it('tells the methods of a path as well', async () => {
      const w = world();
      for (const headers of [{}, { origin: 'https://app.example.com' }]) {
        const answer = await w.call({ method: 'OPTIONS', path: '/api/v1/signin', headers });
        assert.deepEqual([answer.status, answer.headers.allow], [204, 'OPTIONS, POST']);
      }
      assertProblem(await w.call({ method: 'OPTIONS', path: '/nowhere' }), 404, 'NOT_FOUND');
    });
  },
  { engines: ['sqlite'], env: { LATCHKEY_ALLOWED_ORIGINS: 'https://app.example.com' } },
);

onEachStore(
  'the front page',
  (world) => {
    it('leads to the API reference', async () => {
      const { status, headers } = await world().call({ method: 'GET', path: '/' });
      assert.deepEqual([status, headers.location], [302, '/docs/']);
    });
  },
  { engines: ['sqlite'] },
);
