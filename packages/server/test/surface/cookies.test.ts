import assert from 'node:assert/strict';
import { it } from 'node:test';
import { run, scenario } from '../support/scenario.ts';
import { onEachStore } from '../support/world.ts';

const https = { LATCHKEY_PUBLIC_URL: 'https://auth.example.com/accounts', LATCHKEY_COOKIE: 'team-session' };

onEachStore(
  'on https',
  (world) => {
    run(world, [
      scenario({
        name: 'the cookie is __Host-, Secure, HttpOnly and Lax, and of ASCII alone',
        given: (w) => w.person(),
        request: ({ login, password }) => ({
          method: 'POST',
          path: '/api/v1/signin',
          json: { login, password },
        }),
        cookie: 'set',
        async afterwards(_given, answer, w) {
          const line = String(answer.headers['set-cookie']);
          assert.ok(line.startsWith('__Host-team-session='), line);
          assert.ok(!/domain/i.test(line) && line.length < 300);
          const credential = answer.cookies[0]!.value;
          const without = { cookie: `team-session=${credential}` };
          const current = { method: 'GET', path: '/api/v1/sessions/current' };
          assert.equal((await w.call({ ...current, headers: without })).json.code, 'NOT_SIGNED');
          assert.equal((await w.call({ ...current, headers: w.byCookie({ credential }) })).status, 200);
        },
      }),
      scenario({
        name: 'Login sets the same',
        given: (w) => w.person(),
        request: ({ login: username, password }) => ({
          method: 'POST',
          path: '/auth/login',
          json: { username, password },
        }),
        cookie: 'set',
      }),
      scenario({
        name: 'it is cleared by the same name and attributes',
        given: (w) => w.person(),
        request: (person, w) => ({ method: 'POST', path: '/api/v1/signout', headers: w.byCookie(person) }),
        status: 204,
        cookie: 'cleared',
        ends: ({ sessionId }) => [{ session: sessionId, reason: 'signout' }],
      }),
    ]);

    it('every answer asks for https, errors too', async () => {
      const w = world();
      for (const path of ['/health/alive', '/nowhere', '/%zz', '/api/v1/sessions/current', '/docs/']) {
        const { headers } = await w.call({ method: 'GET', path });
        assert.match(
          String(headers['strict-transport-security']),
          /^max-age=\d{8,}; includeSubDomains$/,
          path,
        );
      }
    });

    it('issuer and problem types have the path of the public URL', async () => {
      const w = world();
      const discovery = await w.call({ method: 'GET', path: '/.well-known/latchkey' });
      assert.equal(discovery.json.issuer, 'https://auth.example.com/accounts');
      assert.equal(discovery.json.cookie, '__Host-team-session');
      const problem = await w.call({ method: 'GET', path: '/nowhere' });
      assert.equal(problem.json.type, 'https://auth.example.com/accounts/docs/errors#NOT_FOUND');
    });

    it('its own page is the origin without the path', async () => {
      const w = world();
      const headers = { origin: 'https://auth.example.com' };
      assert.equal((await w.call({ method: 'POST', path: '/api/v1/signout', headers })).status, 204);
    });
  },
  { engines: ['sqlite'], env: https },
);

onEachStore(
  'the age of the cookie',
  (world) => {
    it('is the setting, and SameSite is Strict where that is set', async () => {
      const { login, password } = await world().person();
      const signIn = { method: 'POST', path: '/api/v1/signin', json: { login, password } };
      for (const [request, age] of [
        [signIn, 600],
        [{ method: 'POST', path: '/api/v1/signout' }, 0],
      ] as const) {
        const { cookies } = await world().call(request);
        const expected = [`Max-Age=${age}`, 'Path=/', 'HttpOnly', 'SameSite=Strict'];
        assert.deepEqual(cookies[0]!.attributes, expected);
      }
    });

    run(world, [
      scenario({
        name: 'never decides: the session lives as long as the server says',
        given: (w) => w.person(),
        request(person, w) {
          w.clock.move(3_600_000);
          return { method: 'GET', path: '/api/v1/sessions/current', headers: w.byCookie(person) };
        },
      }),
    ]);
  },
  { engines: ['sqlite'], env: { LATCHKEY_COOKIE_SAME_SITE: 'strict', LATCHKEY_MAX_COOKIE_AGE: '10m' } },
);

onEachStore(
  'without cookies',
  (world) => {
    it('sign-up, sign-in and sign-out set none, and the header proves the session', async () => {
      const w = world();
      const person = await w.person();
      const again = await w.again(person);
      await w.assertLive(again);
      const headers = w.byHeader(again);
      const answer = await w.call({ method: 'POST', path: '/api/v1/signout', headers });
      assert.deepEqual(answer.cookies, []);
      await w.assertDead(again);
      await w.assertLive(person);
    });

    it('Login gives the credential to who is no page, and the auth interface works by it', async () => {
      const w = world();
      const { login: username, password } = await w.person();
      const login = (headers: Record<string, string>) =>
        w.call({ method: 'POST', path: '/auth/login', json: { username, password }, headers });
      const { json, cookies } = await login({});
      assert.deepEqual(cookies, []);
      const { token, sessionId, cookie } = json as Record<string, string>;
      assert.match(cookie!, /^[\w-]{22}\.[\w-]{43}$/);
      assert.ok(cookie!.startsWith(`${sessionId}.`));
      const headers = { authorization: `Bearer ${token}`, 'x-session-id': cookie! };
      for (const path of ['/auth/authenticate', '/auth/who-am-i']) {
        assert.equal((await w.call({ method: 'POST', path, headers })).status, 200, path);
      }
      assert.equal((await w.call({ method: 'POST', path: '/auth/logout', headers })).status, 204);
      await w.assertDead({ credential: cookie! });

      const page = { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };
      const shown = await login(page);
      assert.equal(shown.status, 200);
      assert.ok(!('cookie' in shown.json));
    });
  },
  { engines: ['sqlite'], env: { LATCHKEY_COOKIE_ENABLED: 'false' } },
);
