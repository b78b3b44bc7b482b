import assert from 'node:assert/strict';
import { it } from 'node:test';
import { newCaller, newStage } from '../access/callers.ts';
import { operationsOf, requestFor } from '../access/operations.ts';
import type { Answer, Request } from '../support/client.ts';
import { assertProblem, onEachStore } from '../support/world.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';

/** The id that an answer echoes. */
const echoOf = ({ headers }: Answer) => headers['x-correlation-id'];

const current = (query: string, headers: Request['headers'] = {}) => ({
  method: 'GET',
  path: `/api/v1/sessions/current${query}`,
  headers,
});

onEachStore('correlation_id and paging', (world) => {
  it('are taken on every route of the facade', async () => {
    const w = world();
    const operations = (await operationsOf(w)).filter(({ path }) => path.startsWith('/api/v1/'));
    assert.ok(operations.length > 50);
    for (const operation of operations) {
      const name = `${operation.method} ${operation.path}`;
      const stage = await newStage(w);
      // Only owners change their passwords.
      for (const kind of ['owner', 'admin'] as const) {
        const caller = await newCaller(stage, kind);
        const request = await requestFor(stage, caller, operation);
        const join = request.path.includes('?') ? '&' : '?';
        const answer = await w.call({
          ...request,
          path: `${request.path}${join}correlation_id=walk-1&paging=1`,
        });
        assert.equal(echoOf(answer), 'walk-1', name);
        assert.notEqual(answer.json.code, 'INVALID_DATA', `${name}: ${answer.text}`);
        if (answer.status >= 400) assert.equal(answer.json.correlation_id, 'walk-1', name);
      }
    }
  });
});

onEachStore(
  'a correlation id',
  (world) => {
    it('is in every failure, and in its header', async () => {
      const w = world();
      const anna = await w.person();
      const query = '?correlation_id=fail-1';
      const byHeader = w.byHeader(anna);
      const failures: readonly [Request, number][] = [
        [{ method: 'GET', path: `/api/v1/nothing${query}` }, 404],
        [{ method: 'GET', path: `/api/v1/%zz${query}` }, 404],
        [{ method: 'GET', path: `/api/v1/accounts/${'9'.repeat(200)}${query}` }, 404],
        [{ method: 'PATCH', path: `/api/v1/signin${query}` }, 405],
        [current(query), 401],
        [current(query, { 'x-session-id': 'junk' }), 440],
        [current(`${query}&unknown=1`, byHeader), 400],
        [{ method: 'GET', path: `/api/v1/accounts${query}`, headers: byHeader }, 403],
        [{ method: 'POST', path: `/api/v1/signin${query}`, json: {} }, 400],
        [{ method: 'POST', path: `/api/v1/signin${query}`, body: '{' }, 415],
        [{ method: 'POST', path: `/api/v1/signin${query}`, json: { a: 'x'.repeat(300_000) } }, 413],
        [
          { method: 'POST', path: `/api/v1/signin${query}`, headers: { 'sec-fetch-site': 'cross-site' } },
          403,
        ],
      ];
      for (const [request, status] of failures) {
        const answer = await w.call(request);
        assertProblem(answer, status, answer.json.code as never);
        assert.equal(answer.json.correlation_id, 'fail-1', `${request.method} ${request.path}`);
        assert.equal(echoOf(answer), 'fail-1');
      }
    });

    it('comes from the query, else from a header, else from the trace', async () => {
      const w = world();
      const anna = await w.person();
      const traceparent = `00-${trace}-${parent}-01`;
      const all = { 'x-correlation-id': 'b', correlation_id: 'c', traceparent };
      const { 'x-correlation-id': _, ...withoutHeader } = all;
      const rows: readonly [string, Request['headers'], string | undefined][] = [
        ['?correlation_id=a', all, 'a'],
        ['?correlation_id=', all, 'b'],
        ['?paging=true', all, 'b'],
        ['', withoutHeader, 'c'],
        ['', { traceparent }, trace],
        ['', { traceparent: `01-${trace}-${parent}-01-more` }, trace],
        ['', {}, undefined],
      ];
      for (const [query, headers, expected] of rows) {
        const answer = await w.call(current(query, { ...w.byHeader(anna), ...headers }));
        assert.deepEqual([answer.status, echoOf(answer)], [200, expected], JSON.stringify([query, headers]));
      }
    });

    it('that is not plain counts as absent', async () => {
      const w = world();
      const anna = await w.person();
      const key = await w.serviceKey();
      const byHeader = w.byHeader(anna);
      const { token } = await w.login(anna);
      const texts = [
        'a%0d%0aset-cookie:%20x=1',
        'a%00b',
        'a%0a%7B%22level%22:60%7D',
        'a%20b',
        '%C3%A4',
        '%F0%9F%94%91',
        'a'.repeat(65),
        'a'.repeat(8000),
        'a&correlation_id=b',
        anna.credential,
        token,
        key,
      ];
      for (const text of texts) {
        const answer = await w.call(current(`?correlation_id=${text}`, byHeader));
        assert.deepEqual([answer.status, echoOf(answer)], [200, undefined], text.slice(0, 80));
        const missing = await w.call({ method: 'GET', path: `/api/v1/nothing?correlation_id=${text}` });
        assertProblem(missing, 404, 'NOT_FOUND');
        assert.equal('correlation_id' in missing.json, false);
      }
      const traces = [
        `00-${'0'.repeat(32)}-${parent}-01`,
        `00-${trace}-${'0'.repeat(16)}-01`,
        `00-${trace.toUpperCase()}-${parent}-01`,
        `00-${trace}-${parent}-01-more`,
        `ff-${trace}-${parent}-01`,
        `${trace}`,
        'junk',
      ];
      const headers: Request['headers'][] = [
        { 'x-correlation-id': '' },
        { 'x-correlation-id': 'a b' },
        { 'x-correlation-id': ['a', 'b'] },
        { 'x-correlation-id': 'a\u00e4' },
        { 'x-correlation-id': 'a'.repeat(65) },
        ...traces.map((traceparent) => ({ traceparent })),
        { traceparent: [`00-${trace}-${parent}-01`, `00-${trace}-${parent}-01`] },
      ];
      for (const sent of headers) {
        const answer = await w.call(current('', { ...byHeader, ...sent }));
        assert.deepEqual([answer.status, echoOf(answer)], [200, undefined], JSON.stringify(sent));
      }
      const longest = '~'.repeat(64);
      assert.equal(echoOf(await w.call(current(`?correlation_id=${longest}`, byHeader))), longest);
    });

    it('is taken elsewhere by header, but not in the query', async () => {
      const w = world();
      const headers = { 'x-correlation-id': 'elsewhere' };
      const alive = await w.call({ method: 'GET', path: '/health/alive', headers });
      assert.deepEqual([alive.status, echoOf(alive)], [200, 'elsewhere']);
      const login = { method: 'POST', path: '/auth/login', json: {} };
      const refused = await w.call({ ...login, headers });
      assertProblem(refused, 400, 'INVALID_DATA');
      assert.equal(refused.json.correlation_id, 'elsewhere');
      for (const query of ['correlation_id=a', 'paging=1']) {
        const answer = await w.call({ ...login, path: `/auth/login?${query}` });
        assertProblem(answer, 400, 'INVALID_DATA');
        assert.equal(echoOf(answer), undefined);
      }
    });

    it('is the only thing that answers for dead sessions differ in', async () => {
      const w = world();
      const dead = (credential: string, id: string) =>
        w.call(current(`?correlation_id=${id}`, { 'x-session-id': credential }));
      const [a, b, c] = [await dead('junk', '1'), await dead('A'.repeat(66), '1'), await dead('junk', '2')];
      assert.equal(a.text, b.text);
      assert.equal(a.text.replace('"1"', '"2"'), c.text);
    });
  },
  { engines: ['sqlite'] },
);
