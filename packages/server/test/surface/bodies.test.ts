/** No bytes is no body, on every route, whatever the header fields say: gateways add and drop those. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newCaller, newStage } from '../access/callers.ts';
import { type Operation, operationsOf, requestFor } from '../access/operations.ts';
import type { Answer, Request } from '../support/client.ts';
import { assertProblem, onEachStore, type World } from '../support/world.ts';

const chunked = { 'transfer-encoding': 'chunked' };

/** What clients and gateways send where there is no body. */
const empties: readonly Record<string, string>[] = [
  chunked,
  { ...chunked, 'content-type': 'application/json' },
  { ...chunked, 'content-type': 'application/octet-stream' },
  { ...chunked, expect: '100-continue' },
  { ...chunked, 'content-encoding': 'gzip', 'content-type': 'application/json; charset=iso-8859-1' },
  { 'content-length': '0', 'content-type': 'text/plain' },
  { 'content-length': '0', 'content-type': 'application/x-www-form-urlencoded' },
  { 'content-length': '0', 'content-type': 'json', expect: '100-continue' },
  { 'content-length': '0', 'content-type': '' },
  { 'content-length': '0', 'content-type': 'application/json, application/json', 'content-encoding': 'br' },
];

/** The answer to the first kind of caller that may ask; the request is right but for its body. */
async function askWithout(w: World, operation: Operation, empty: Record<string, string>): Promise<Answer> {
  const stage = await newStage(w);
  for (const kind of ['admin', 'owner', 'service'] as const) {
    const { json: _, ...request } = await requestFor(stage, await newCaller(stage, kind), operation);
    const answer = await w.call({ ...request, headers: { ...request.headers, ...empty } });
    if (answer.status !== 401 && answer.status !== 403) return answer;
  }
  throw new Error(`${operation.operationId} is for nobody`);
}

onEachStore(
  'a body without bytes',
  (world) => {
    it('is none, on every route', async () => {
      const w = world();
      const operations = await operationsOf(w);
      assert.ok(operations.length > 70, String(operations.length));
      for (const [index, operation] of operations.entries()) {
        // Each operation as two of them, so that all of them meet every kind of route.
        for (const empty of [empties[index % empties.length]!, empties[(index * 3 + 1) % empties.length]!]) {
          const { status, json, text } = await askWithout(w, operation, empty);
          const what = `${operation.operationId} ${JSON.stringify(empty)} ${status} ${text}`;
          if (operation.needsBody) {
            assert.deepEqual([status, json.code], [400, 'INVALID_DATA'], what);
            assert.match(String(json.detail), /body is missing/, what);
          } else assert.ok(status < 400, what);
        }
      }
    });

    for (const empty of empties) {
      it(`is none with ${JSON.stringify(empty)}`, async () => {
        const w = world();
        const call = async (request: Request, status: number) => {
          const answer = await w.call({ ...request, headers: { ...request.headers, ...empty } });
          assert.equal(answer.status, status, `${request.method} ${request.path} ${answer.text}`);
        };
        const person = await w.person();
        const other = await w.again(person);
        const headers = w.byHeader(person);
        const current = '/api/v1/sessions/current';
        for (const method of ['GET', 'HEAD']) await call({ method, path: current, headers }, 200);
        await call({ method: 'POST', path: '/api/v1/sessions/restore', headers }, 200);
        const path = `/api/v1/sessions/${person.id}/${other.sessionId}`;
        await call({ method: 'DELETE', path, headers }, 200);
        await w.assertDead(other);
        const proof = w.byProof(await w.login(person));
        await call({ method: 'POST', path: '/auth/who-am-i', headers: proof }, 200);
        await call({ method: 'POST', path: '/api/v1/signout', headers }, 204);
        await w.assertDead(person);
        await call({ method: 'POST', path: '/nowhere' }, 404);
        await call({ method: 'DELETE', path: '/auth/who-am-i' }, 405);
        await call({ method: 'GET', path: '/docs/' }, 200);
        await call({ method: 'OPTIONS', path: current }, 204);
      });
    }

    it('is one as soon as there are bytes', async () => {
      const w = world();
      const person = await w.person();
      const headers = w.byHeader(person);
      for (const more of [{}, chunked]) {
        const get = { method: 'GET', path: '/api/v1/sessions/current', headers: { ...headers, ...more } };
        assertProblem(await w.call({ ...get, body: '{}' }), 400, 'INVALID_DATA');
        assert.equal((await w.call({ ...get, method: 'HEAD', body: '{}' })).status, 400);
        const post = { method: 'POST', path: '/api/v1/signout', headers: { ...headers, ...more } };
        assertProblem(await w.call({ ...post, body: '{}' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
        const remove = { ...post, method: 'DELETE', path: `/api/v1/sessions/${person.id}/current` };
        assertProblem(await w.call({ ...remove, body: 'a=b' }), 415, 'UNSUPPORTED_MEDIA_TYPE');
        assertProblem(await w.call({ ...post, path: '/nowhere', body: 'a=b' }), 404, 'NOT_FOUND');
      }
      await w.assertLive(person);
    });
  },
  { engines: ['sqlite'] },
);
