import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { grantRoles } from '../../server/src/identity/roles/grant-roles.ts';
import { parseAccountId } from '../../server/src/kernel/ids.ts';
import { createClient, TokenError } from '../src/index.ts';
import { browserFetch, countingFetch, json, password, startWorld, type World } from './support.ts';

const whoAmI = '/auth/who-am-i';

describe('the client', () => {
  let world: World;
  let people = 0;
  const newLogin = () => {
    people += 1;
    return `person-${people}`;
  };

  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  async function signedUp() {
    const net = countingFetch();
    const ended: string[] = [];
    const client = createClient({
      baseUrl: world.latchkey,
      fetch: net.fetch,
      onSignedOut: () => void ended.push('signed out'),
    });
    const login = newLogin();
    const { data } = await client.POST('/api/v1/signup', { body: { name: 'Ada', login, password } });
    assert.ok(data);
    return { client, net, ended, login, userId: data.user_id };
  }

  async function changeRoles(userId: string, ...roles: string[]) {
    await grantRoles(world.app.context, { accountId: parseAccountId(userId)!, roles });
    const { head } = await world.app.context.read.log.state();
    while (world.verifier.status().position < head) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  it('signs up, calls Latchkey by the credential, and other services by token and credential', async () => {
    const { client, net, userId } = await signedUp();
    assert.match(client.credential ?? '', /^[\w-]{22}\.[\w-]{43}$/);
    const { data } = await client.GET('/api/v1/sessions/current');
    assert.equal(data?.user.id, userId);
    const answers = await Promise.all([1, 2, 3].map(() => json(client.fetch(`${world.service}/`))));
    for (const answer of answers) assert.equal(answer.userId, Number(userId));
    assert.equal(net.count(whoAmI), 1);
    const own = await client.GET('/auth/sessions');
    assert.deepEqual(own.data?.length, 1);
  });

  it('goes on with the credential of an earlier client', async () => {
    const { client, userId } = await signedUp();
    const later = createClient({ baseUrl: `${world.latchkey}/`, credential: client.credential! });
    assert.equal((await json(later.fetch(world.service))).userId, Number(userId));
  });

  it('keeps the token and the credential that Login answers', async () => {
    const { login, userId } = await signedUp();
    const net = countingFetch();
    const client = createClient({ baseUrl: world.latchkey, fetch: net.fetch });
    await client.POST('/auth/login', { body: { username: login, password } });
    assert.equal((await json(client.fetch(world.service))).userId, Number(userId));
    assert.equal(net.count(whoAmI), 0);
  });

  it('refreshes a stale token once for all callers and repeats their calls with their bodies', async () => {
    const { client, net, userId } = await signedUp();
    await client.token();
    await changeRoles(userId, 'editor');
    const calls = Array.from({ length: 20 }, (_, i) =>
      json(client.fetch(world.service, { method: 'POST', body: `body ${i}` })),
    );
    for (const [i, { roles, body }] of (await Promise.all(calls)).entries()) {
      assert.deepEqual([roles, body], [['editor'], `body ${i}`]);
    }
    assert.equal(net.count(whoAmI), 2);
  });

  it('tells once that the session was closed elsewhere, and does not loop', async () => {
    const { client, net, ended, login, userId } = await signedUp();
    const sessionId = (await client.GET('/api/v1/sessions/current')).data!.id;
    await client.token();
    const phone = createClient({ baseUrl: world.latchkey });
    await phone.POST('/api/v1/signin', { body: { login, password } });
    const path = { user_id: userId, session_id: sessionId };
    const closed = await phone.DELETE('/api/v1/sessions/{user_id}/{session_id}', { params: { path } });
    assert.equal(closed.data?.active, false);
    let status = 0;
    while (status !== 401) status = (await client.fetch(world.service)).status;
    assert.deepEqual(ended, ['signed out']);
    assert.equal(client.credential, undefined);
    const asked = net.count(whoAmI);
    assert.equal(asked, 2);
    assert.equal((await client.fetch(world.service)).status, 401);
    assert.equal((await json(client.fetch(`${world.service}/public`))).userId, null);
    assert.equal(await client.refresh(), false);
    assert.deepEqual([net.count(whoAmI), ended.length], [asked, 1]);
    assert.equal((await phone.fetch(world.service)).status, 200);
  });

  it('tells that the session has ended when Latchkey itself says so', async () => {
    const { client, ended } = await signedUp();
    const { credential } = client;
    const other = createClient({ baseUrl: world.latchkey, credential: credential! });
    await other.POST('/api/v1/signout');
    assert.equal(other.credential, undefined);
    const { error, response } = await client.GET('/api/v1/sessions/current');
    assert.deepEqual([response.status, error?.code], [440, 'SESSION_NOT_FOUND']);
    assert.deepEqual(ended, ['signed out']);
  });

  it('does not tell when it signed out itself', async () => {
    const { client, ended } = await signedUp();
    await client.POST('/auth/logout');
    assert.equal(await client.token(), undefined);
    assert.deepEqual(ended, []);
  });

  it('goes on with the session that a change of password opens', async () => {
    const { client, ended, userId } = await signedUp();
    await client.token();
    const body = { old_password: password, new_password: `${password} 2` };
    const params = { path: { user_id: userId } };
    const { data } = await client.POST('/api/v1/passwords/{user_id}/change', { params, body });
    assert.ok(data !== undefined && client.credential === data.id);
    assert.equal((await client.fetch(world.service)).status, 200);
    assert.deepEqual(ended, []);
  });

  it('does not take an outage for a sign-out', async () => {
    const { client, net, ended, userId } = await signedUp();
    await client.token();
    await changeRoles(userId, 'editor');
    net.offline = true;
    await assert.rejects(
      client.refresh(),
      (error) => error instanceof TokenError && error.code === 'UNAVAILABLE',
    );
    net.offline = false;
    assert.deepEqual(ended, []);
    assert.equal((await client.fetch(world.service)).status, 200);
  });

  it('takes neither 503 nor an answer of something else for a sign-out', async () => {
    const answers = [
      new Response('{"code":"UNAVAILABLE"}', {
        status: 503,
        headers: { 'content-type': 'application/problem+json' },
      }),
      new Response('<h1>Log in to this hotel</h1>', {
        status: 401,
        headers: { 'content-type': 'text/html' },
      }),
      new Response('<h1>Welcome</h1>', { status: 200, headers: { 'content-type': 'text/html' } }),
    ];
    for (const answer of answers) {
      const client = createClient({
        baseUrl: world.latchkey,
        credential: `${'a'.repeat(22)}.${'b'.repeat(43)}`,
        fetch: async () => answer,
        onSignedOut: () => assert.fail(),
      });
      await assert.rejects(client.token(), TokenError);
    }
  });

  it('in a page leaves the credential to the browser', async () => {
    const browser = browserFetch();
    const client = createClient({ baseUrl: world.latchkey, fetch: browser.fetch, mode: 'cookie' });
    const login = newLogin();
    const { data } = await client.POST('/api/v1/signup', { body: { name: 'Ada', login, password } });
    assert.match(data!.id, /^[\w-]{22}$/);
    assert.equal(client.credential, undefined);
    assert.equal((await json(client.fetch(world.service))).userId, Number(data?.user_id));
    await client.POST('/api/v1/signout');
    assert.equal(browser.jar.size, 0);
    assert.equal((await client.fetch(world.service)).status, 401);
  });

  it('in an application holds the credential, which the server tells those that it allows', async () => {
    const origin = 'capacitor://localhost';
    const app = await startWorld({ LATCHKEY_ALLOWED_ORIGINS: origin });
    const sent: Request[] = [];
    // A browser shows no script what sets a cookie, and stores none of another site.
    const webView: typeof globalThis.fetch = async (input, init) => {
      const request = new Request(input, init);
      request.headers.set('origin', origin);
      sent.push(request);
      const answer = await fetch(request);
      const headers = new Headers(answer.headers);
      headers.delete('set-cookie');
      return new Response(answer.body, { status: answer.status, headers });
    };
    const login = newLogin();
    try {
      const client = createClient({ baseUrl: app.latchkey, fetch: webView });
      await client.POST('/api/v1/signup', { body: { name: 'Ada', login, password } });
      assert.equal((await client.fetch(app.service)).status, 200);
      await client.POST('/api/v1/signout');
      await client.POST('/auth/login', { body: { username: login, password } });
      assert.ok((await client.GET('/auth/sessions')).data?.length === 1);
      assert.ok(sent.every(({ credentials }) => credentials === 'omit'));
    } finally {
      await app.close();
    }
  });

  it('in a page does not become somebody else when another tab signs in', async () => {
    const browser = browserFetch();
    const ended: string[] = [];
    const tab = createClient({
      baseUrl: world.latchkey,
      fetch: browser.fetch,
      mode: 'cookie',
      onSignedOut: () => void ended.push('signed out'),
    });
    const otherTab = createClient({ baseUrl: world.latchkey, fetch: browser.fetch, mode: 'cookie' });
    for (const client of [tab, otherTab]) {
      const login = newLogin();
      await client.POST('/api/v1/signup', { body: { name: 'Ada', login, password } });
      await client.token();
    }
    assert.equal((await tab.fetch(world.service)).status, 401);
    assert.deepEqual(ended, ['signed out']);
    assert.equal(await tab.refresh(), true);
    assert.equal((await tab.fetch(world.service)).status, 200);
  });
});

describe('the client with tokens that soon end', () => {
  it('takes the token by which a service has replaced an expired one', async () => {
    const world = await startWorld();
    try {
      const net = countingFetch();
      const client = createClient({ baseUrl: world.latchkey, fetch: net.fetch });
      const body = { name: 'Ada', login: 'ada', password };
      const { data } = await client.POST('/api/v1/signup', { body });
      const old = await client.token();
      // As after a sleep of this machine: its clocks have not moved, the server's has.
      world.clock.move(3_600_000);
      while (world.verifier.status().clockDifference < 3_000)
        await new Promise((done) => setTimeout(done, 5));
      const answers = await Promise.all([1, 2, 3].map(() => json(client.fetch(world.service))));
      for (const { userId } of answers) assert.equal(userId, Number(data?.user_id));
      const renewed = await client.token();
      assert.notEqual(renewed, old);
      await json(client.fetch(world.service));
      assert.equal(await client.token(), renewed);
      assert.equal(net.count(whoAmI), 1);
      assert.equal(world.verifier.status().cookies.exchanges, 1);
    } finally {
      await world.close();
    }
  });

  it('refreshes them before they do', async () => {
    const world = await startWorld({ LATCHKEY_TOKEN_TTL: '2s' });
    try {
      const net = countingFetch();
      const client = createClient({ baseUrl: world.latchkey, fetch: net.fetch });
      await client.POST('/api/v1/signup', { body: { name: 'Ada', login: 'ada', password } });
      const statuses = new Set<number>();
      const end = performance.now() + 3500;
      while (performance.now() < end) {
        statuses.add((await client.fetch(world.service)).status);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.deepEqual([...statuses], [200]);
      assert.ok(net.count(whoAmI) >= 2 && net.count(whoAmI) <= 4, `${net.count(whoAmI)} refreshes`);
    } finally {
      await world.close();
    }
  });
});
