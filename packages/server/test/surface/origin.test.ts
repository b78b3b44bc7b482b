import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Request } from '../support/client.ts';
import { run, scenario } from '../support/scenario.ts';
import { assertProblem, onEachStore, type Person, type World } from '../support/world.ts';

const evil = 'https://evil.example';

/** Every route that may change something, with a person's own ids in its path. */
async function changingRoutes(w: World, person: Person): Promise<Request[]> {
  const { json } = await w.call({ method: 'GET', path: '/openapi.json' });
  const routes: Request[] = [];
  for (const [template, operations] of Object.entries(json.paths as Record<string, object>)) {
    const path = template.replace('{user_id}', person.id).replace(/\{session_?id\}/i, person.sessionId);
    for (const method of Object.keys(operations)) {
      if (method !== 'get') routes.push({ method: method.toUpperCase(), path });
    }
  }
  return routes;
}

const foreign: readonly Record<string, string>[] = [
  { origin: evil },
  { origin: 'null' },
  { origin: `${evil}, http://localhost` },
  { origin: '' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': '' },
  { 'sec-fetch-site': 'Same-Origin' },
  { 'sec-fetch-site': 'same-origin, same-origin' },
  { origin: evil, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
  { origin: evil, 'sec-fetch-site': 'none' },
];

onEachStore(
  'another site',
  (world) => {
    it('changes nothing by any route, whatever it sends along', async () => {
      const w = world();
      const person = await w.person();
      const proof = await w.login(person);
      const head = await w.head();
      const routes = await changingRoutes(w, person);
      assert.ok(routes.length >= 13, `${routes.length} routes`);
      for (const route of routes) {
        for (const headers of foreign) {
          const answer = await w.call({ ...route, headers: { ...w.byProof(proof), ...headers }, json: {} });
          assertProblem(answer, 403, 'WRONG_ORIGIN');
          assert.deepEqual(answer.cookies, []);
          assert.equal(answer.headers['access-control-allow-origin'], undefined);
        }
        const form = { 'content-type': 'application/x-www-form-urlencoded', origin: evil };
        const posted = await w.call({ ...route, headers: { ...w.byCookie(person), ...form }, body: 'a=b' });
        assertProblem(posted, 403, 'WRONG_ORIGIN');
      }
      assert.equal(await w.head(), head);
      await w.assertLive(person);
      await w.assertLive(proof);
    });

    it('its origin is judged before anything else of the request', async () => {
      const w = world();
      const anywhere = await w.call({ method: 'POST', path: '/nowhere', headers: { origin: evil } });
      assertProblem(anywhere, 403, 'WRONG_ORIGIN');
      const twice = { 'x-session-id': ['a', 'b'], origin: evil };
      const ambiguous = await w.call({ method: 'POST', path: '/api/v1/signout', headers: twice });
      assertProblem(ambiguous, 403, 'WRONG_ORIGIN');
    });

    it('reads nothing: no answer allows its origin', async () => {
      const w = world();
      const person = await w.person();
      for (const path of [
        '/api/v1/sessions/current',
        '/auth/sessions',
        '/.well-known/jwks.json',
        '/nowhere',
      ]) {
        const headers = { ...w.byCookie(person), origin: evil, 'sec-fetch-site': 'cross-site' };
        const answer = await w.call({ method: 'GET', path: `${path}?callback=x`, headers });
        assert.equal(answer.headers['access-control-allow-origin'], undefined);
        assert.equal(answer.headers['access-control-allow-credentials'], undefined);
        assert.ok(!answer.text.startsWith('x('));
        const preflight = await w.call({
          method: 'OPTIONS',
          path,
          headers: { origin: evil, 'access-control-request-method': 'GET' },
        });
        assert.equal(preflight.headers['access-control-allow-origin'], undefined);
        assert.ok(preflight.status >= 400);
      }
    });

    const own = (w: World) => w.app.config.publicUrl;
    run(world, [
      ...Object.entries<(w: World) => Record<string, string>>({
        'no page at all': () => ({}),
        'its own page': (w) => ({
          origin: own(w),
          'sec-fetch-site': 'same-origin',
          'sec-fetch-mode': 'cors',
        }),
        'its own page, by another name': () => ({
          origin: 'http://127.0.0.1:9',
          'sec-fetch-site': 'same-origin',
        }),
        'its own page in an older browser': (w) => ({ origin: own(w) }),
        'a bookmark': () => ({ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }),
      }).map(([name, headers]) =>
        scenario({
          name: `is not ${name}`,
          given: (w) => w.person(),
          request: (person, w) => ({
            method: 'POST',
            path: '/api/v1/signout',
            headers: { ...w.byCookie(person), ...headers(w) },
          }),
          status: 204,
          cookie: 'cleared',
          ends: ({ sessionId }) => [{ session: sessionId, reason: 'signout' }],
        }),
      ),
    ]);
  },
  { engines: ['sqlite'] },
);

const app = 'https://app.example.com';
const listOf = (field: unknown) => String(field).toLowerCase().split(/ *, */);

onEachStore(
  'an allowed origin',
  (world) => {
    const preflight = (w: World, origin: string, path = '/api/v1/signin') =>
      w.call({
        method: 'OPTIONS',
        path,
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,authorization',
        },
      });

    it('gets its preflight, others do not', async () => {
      const w = world();
      const { status, headers } = await preflight(w, app);
      assert.equal(status, 204);
      assert.equal(headers['access-control-allow-origin'], app);
      assert.equal(headers['access-control-allow-credentials'], 'true');
      assert.match(String(headers.vary), /origin/i);
      for (const origin of [evil, 'null', `${app}.evil.example`, 'http://app.example.com', `${app}:444`]) {
        const other = await preflight(w, origin);
        assert.equal(other.headers['access-control-allow-origin'], undefined, origin);
        assert.match(String(other.headers.vary), /origin/i);
      }
    });

    it('may send what tracing tools and libraries add', async () => {
      const w = world();
      const names =
        'authorization,b3,baggage,cache-control,content-type,idempotency-key,if-none-match,last-event-id,' +
        'sentry-trace,traceparent,tracestate,x-b3-sampled,x-b3-spanid,x-b3-traceid,x-cloud-trace-context,' +
        'x-correlation-id,x-datadog-origin,x-datadog-parent-id,x-datadog-trace-id,x-request-id,' +
        'x-requested-with,x-session-id';
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const headers = {
          origin: app,
          'access-control-request-method': method,
          'access-control-request-headers': names,
          'access-control-request-private-network': 'true',
        };
        const answer = await w.call({ method: 'OPTIONS', path: '/api/v1/accounts/current', headers });
        assert.equal(answer.status, 204);
        assert.deepEqual(listOf(answer.headers['access-control-allow-headers']), names.split(','));
        assert.ok(listOf(answer.headers['access-control-allow-methods']).includes(method.toLowerCase()));
        assert.ok(listOf(answer.headers.vary).includes('access-control-request-headers'));
        assert.equal(answer.headers['access-control-allow-private-network'], 'true');
        assert.ok(Number(answer.headers['access-control-max-age']) >= 600);
        const other = await w.call({
          method: 'OPTIONS',
          path: '/api/v1/accounts/current',
          headers: { ...headers, origin: evil },
        });
        assert.equal(other.headers['access-control-allow-origin'], undefined);
        assert.equal(other.headers['access-control-allow-private-network'], undefined);
      }
      const { headers } = await w.call({ method: 'GET', path: '/health/alive', headers: { origin: app } });
      const shown = listOf(headers['access-control-expose-headers']);
      for (const name of ['x-request-id', 'x-correlation-id', 'retry-after', 'link', 'ratelimit']) {
        assert.ok(shown.includes(name), name);
      }
      assert.equal(headers['access-control-allow-private-network'], undefined);
    });

    it('signs in, calls with the cookie, and reads errors', async () => {
      const w = world();
      const { login, password } = await w.person();
      const page = { origin: app, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
      const signIn = { method: 'POST', path: '/api/v1/signin', headers: page };
      const answer = await w.call({ ...signIn, json: { login, password } });
      assert.equal(answer.status, 200);
      assert.match(String(answer.json.id), /^[\w-]{22}$/);
      assert.equal(answer.headers['access-control-allow-origin'], app);
      const headers = { ...page, ...w.byCookie({ credential: answer.cookies[0]!.value }) };
      const current = await w.call({ method: 'GET', path: '/api/v1/sessions/current', headers });
      assert.equal(current.status, 200);
      const wrong = await w.call({ ...signIn, json: { login, password: 'wrong' } });
      assertProblem(wrong, 400, 'WRONG_PASSWORD');
      const unsigned = await w.call({ method: 'GET', path: '/api/v1/sessions/current', headers: page });
      assertProblem(unsigned, 401, 'NOT_SIGNED');
      for (const read of [current, wrong, unsigned]) {
        assert.equal(read.headers['access-control-allow-origin'], app);
        assert.equal(read.headers['access-control-allow-credentials'], 'true');
        assert.match(String(read.headers['access-control-expose-headers']), /x-request-id/i);
      }
      const other = await w.call({
        ...signIn,
        headers: { ...page, origin: evil },
        json: { login, password },
      });
      assertProblem(other, 403, 'WRONG_ORIGIN');
    });

    it('leaves paths and methods as they are', async () => {
      const w = world();
      const headers = { origin: app };
      assertProblem(await w.call({ method: 'GET', path: '/nowhere', headers }), 404, 'NOT_FOUND');
      assertProblem(
        await w.call({ method: 'PUT', path: '/api/v1/signin', headers }),
        405,
        'METHOD_NOT_ALLOWED',
      );
    });
  },
  { engines: ['sqlite'], env: { LATCHKEY_ALLOWED_ORIGINS: app } },
);
