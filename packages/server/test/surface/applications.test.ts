/** Applications whose pages have an origin of their own kind: they get the credential, since no cookie reaches them. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  assertProblem,
  newPassword,
  onEachStore,
  type Person,
  signUpBody,
  type World,
} from '../support/world.ts';

const apps = [
  'capacitor://localhost',
  'https://localhost',
  'tauri://localhost',
  'app://.',
  'myapp://',
  'chrome-extension://miaflficggaajleahlikjjlhbhndnbef',
];
const site = 'https://app.example.com';
const credential = /^[\w-]{22}\.[\w-]{43}$/;
const publicId = /^[\w-]{22}$/;
const url = 'https://id.example.com';

for (const cookie of [true, false]) {
  const env = {
    LATCHKEY_PUBLIC_URL: url,
    LATCHKEY_ALLOWED_ORIGINS: [...apps, site].join(','),
    LATCHKEY_COOKIE_ENABLED: String(cookie),
  };
  onEachStore(`an application, with the cookie ${cookie ? 'on' : 'off'}`, defineApplications, {
    engines: ['sqlite'],
    env,
  });
}

function defineApplications(world: () => World): void {
  const from = (origin: string) => ({ origin, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' });
  const post = (path: string, headers: Record<string, string>, json?: object) =>
    world().call({ method: 'POST', path, headers, ...(json !== undefined && { json }) });
  const signIn = ({ login, password }: Pick<Person, 'login' | 'password'>, headers: Record<string, string>) =>
    post('/api/v1/signin', headers, { login, password });

  for (const origin of apps) {
    it(`${origin} signs in, gets tokens, and signs out`, async () => {
      const w = world();
      const person = await w.person();
      const preflight = await w.call({
        method: 'OPTIONS',
        path: '/api/v1/signin',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,x-session-id',
        },
      });
      assert.equal(preflight.status, 204);
      const opened = await signIn(person, from(origin));
      for (const { headers } of [preflight, opened]) {
        assert.equal(headers['access-control-allow-origin'], origin);
        assert.equal(headers['access-control-allow-credentials'], 'true');
        assert.match(String(headers.vary), /origin/i);
      }
      assert.match(String(opened.json.id), credential);
      const own = { ...from(origin), 'x-session-id': String(opened.json.id) };
      const current = await w.call({ method: 'GET', path: '/api/v1/sessions/current', headers: own });
      assert.deepEqual([current.status, current.json.user_id], [200, person.id]);
      assert.match(String(current.json.id), publicId);
      assert.equal((await post('/auth/who-am-i', own)).status, 200);
      assert.equal((await post('/api/v1/signout', own)).status, 204);
      await w.assertDead({ credential: String(opened.json.id) });
      await w.assertLive(person);
    });
  }

  it('gets the credential by every route that opens or restores a session', async () => {
    const w = world();
    const fields = signUpBody();
    const { login, password } = fields;
    const up = await post('/api/v1/signup', from(apps[0]!), fields);
    assert.match(String(up.json.id), credential);
    const own = { ...from(apps[0]!), 'x-session-id': String(up.json.id) };
    const restored = await post('/api/v1/sessions/restore', own, {});
    assert.equal(restored.json.id, up.json.id);
    const change = { old_password: password, new_password: newPassword() };
    const changed = await post(`/api/v1/passwords/${up.json.user_id}/change`, own, change);
    assert.match(String(changed.json.id), credential);
    await w.assertLive({ credential: String(changed.json.id) });
    const logged = await post('/auth/login', from(apps[0]!), {
      username: login,
      password: change.new_password,
    });
    await w.assertLive({ credential: String(logged.json.cookie) });
  });

  it('gets nothing where it is not allowed, or is written otherwise', async () => {
    const w = world();
    const person = await w.person();
    for (const origin of [
      'ionic://localhost',
      'capacitor://localhost:80',
      'Capacitor://localhost',
      'capacitor://',
      'null',
      'file://',
    ]) {
      const answer = await signIn(person, from(origin));
      assertProblem(answer, 403, 'WRONG_ORIGIN');
      assert.equal(answer.headers['access-control-allow-origin'], undefined, origin);
      assert.deepEqual(answer.cookies, []);
    }
  });

  it('an allowed site is none: its pages get the public id', async () => {
    const person = await world().person();
    const answer = await signIn(person, from(site));
    assert.equal(answer.status, 200);
    assert.match(String(answer.json.id), publicId);
    const logged = await post('/auth/login', from(site), {
      username: person.login,
      password: person.password,
    });
    assert.deepEqual([logged.status, logged.json.cookie], [200, undefined]);
  });

  it('the fetch of this Node.js is none either, and gets the credential under any name', async () => {
    const w = world();
    const { login, password } = await w.person();
    for (const agent of [
      undefined,
      'billing/1.0',
      'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
    ]) {
      const answer = await fetch(`http://127.0.0.1:${w.port}/api/v1/signin`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(agent !== undefined && { 'user-agent': agent }) },
        body: JSON.stringify({ login, password }),
      });
      const { id } = (await answer.json()) as { id: string };
      await w.assertLive({ credential: id });
    }
  });
}
