import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { type Edge, type Header, startEdge, until } from './support/edge.ts';
import { closeSession, type Person, password, signIn, signUp } from './support/people.ts';

const page: Header[] = [
  ['Sec-Fetch-Site', 'none'],
  ['Sec-Fetch-Mode', 'navigate'],
  ['Sec-Fetch-Dest', 'document'],
];
const cookieOf = ({ credential }: Person): Header => ['Cookie', `x-session-id=${credential}`];
const signInUrl = '/public/signin';

describe('pages behind forward authentication', () => {
  let edge: Edge;
  before(async () => {
    edge = await startEdge({ LATCHKEY_SIGN_IN_URL: signInUrl });
  });
  after(() => edge.close());

  it('nginx passes on the method, so that only what changes nothing is proven by the cookie', async () => {
    const person = await signUp(edge.server.client);
    const { status, body } = await edge.get('/orders', [...page, cookieOf(person)]);
    assert.deepEqual([status, body.headers?.['x-user-id']], [200, person.userId]);
    // A form of another site that is sent without script, as a browser that knows no SameSite sends it.
    const form: Header[] = [
      ['Sec-Fetch-Site', 'cross-site'],
      ['Sec-Fetch-Mode', 'navigate'],
      ['Sec-Fetch-Dest', 'document'],
    ];
    assert.equal((await edge.get('/orders', [...form, cookieOf(person)], 'POST')).status, 401);
    assert.equal((await edge.get('/orders', [...form, cookieOf(person)])).status, 200);
    for (const method of ['POST', 'PUT', 'DELETE'])
      assert.equal((await edge.get('/orders', [...page, cookieOf(person)], method)).status, 401, method);
    const optional = await edge.get('/public/', [...page, cookieOf(person)]);
    assert.equal(optional.body.headers?.['x-user-id'], person.userId);
  });

  it('what is no credential of ours hinders nobody', async () => {
    const person = await signUp(edge.server.client);
    const [[, bearer], cookie] = (await edge.proofOf(person)) as [Header, Header];
    for (const path of ['/orders', '/public/']) {
      for (const headers of [
        [...page, cookie, ['Authorization', 'Basic YTpi']],
        [...page, cookie, ['Authorization', 'Digest username="a", realm="b"']],
        [...page, cookie, ['Authorization', 'Bearer null']],
        [...page, cookie, ['X-Session-Id', 'undefined']],
        [['Authorization', `Basic YTpi, ${bearer}`], cookie],
        [['Authorization', bearer], cookie, ['X-Session-Id', 'null']],
      ] satisfies Header[][]) {
        const { status, body } = await edge.get(path, headers);
        assert.deepEqual([status, body.headers?.['x-user-id']], [200, person.userId], `${path} ${headers}`);
      }
      const nobody = await edge.get(path, [['Authorization', 'Basic YTpi']]);
      assert.equal(nobody.status, path === '/orders' ? 401 : 200);
    }
  });

  it('nginx sends who is signed out to sign in, with the way back', async () => {
    const location = async (path: string, headers: readonly Header[] = page) => {
      const answer = await edge.get(path, headers);
      return [answer.status, answer.headers.location, answer.headers['cache-control']];
    };
    const to = (path: string) => [302, `${signInUrl}?return_to=${encodeURIComponent(path)}`, 'no-store'];
    assert.deepEqual(await location('/orders?a=1&b=2'), to('/orders?a=1&b=2'));
    assert.deepEqual(await location('//evil.example/x'), to('/evil.example/x'));
    assert.deepEqual(await location('/orders', [['Accept', 'text/html']]), to('/orders'));
    // nginx would take no longer header from forward authentication, and call it an outage.
    assert.deepEqual(await location(`/orders?q=${'%20'.repeat(1500)}`), to('/orders'));
    const script = await edge.get('/orders', [['Accept', '*/*']]);
    assert.deepEqual([script.status, script.body.code], [401, 'INVALID_CREDENTIALS']);
  });

  it('asked directly, it redirects only where the proxy wants that', async () => {
    const ask = async (path: string, ...headers: Header[]) => {
      const { status, headers: told } = await edge.ask(path, [...page, ...headers]);
      return [status, told.location, told['x-latchkey-location'], told['x-latchkey-code']];
    };
    const uri: Header = ['X-Forwarded-Uri', '/orders?a=1'];
    const there = `${signInUrl}?return_to=%2Forders%3Fa%3D1`;
    assert.deepEqual(await ask('/verify', uri), [401, undefined, there, 'INVALID_CREDENTIALS']);
    const redirected = [302, there, undefined, 'INVALID_CREDENTIALS'];
    assert.deepEqual(await ask('/verify?signed_out=redirect', uri), redirected);
    assert.deepEqual(
      await ask('/verify/orders?a=1', ['X-Latchkey-Require', 'signed_out=redirect']),
      redirected,
    );
    const post: Header = ['X-Forwarded-Method', 'POST'];
    assert.equal((await ask('/verify?signed_out=redirect', uri, post))[0], 401);
  });

  it('a page that needs a fresh proof of presence has it as soon as the person has given it', async () => {
    const { client } = edge.server;
    const person = await signUp(client);
    const ask = async () => (await edge.ask('/verify?fresh=2s', [...page, cookieOf(person)])).status;
    assert.equal(await ask(), 204);
    await until(async () => (await ask()) === 403);
    const headers = { 'x-session-id': person.credential };
    const path = '/api/v1/passwords/verify';
    assert.equal((await client.call({ method: 'POST', path, headers, json: { password } })).status, 204);
    await until(async () => (await ask()) === 204);
  });

  it('without the method of the request, what may change something needs the token', async () => {
    const person = await signUp(edge.server.client);
    const ask = async (...headers: Header[]) =>
      (await edge.ask('/verify', [...page, cookieOf(person), ...headers])).status;
    assert.equal(await ask(), 204);
    assert.equal(await ask(['X-Forwarded-Method', 'HEAD']), 204);
    const doubtful: Header[] = [
      ['Origin', 'https://evil.example'],
      ['Origin', 'null'],
      ['Content-Type', 'text/plain'],
      ['Content-Length', '0'],
      ['X-Forwarded-Method', 'POST'],
      ['X-Forwarded-Method', ''],
      ['X-Forwarded-Method', 'GET, POST'],
    ];
    for (const header of doubtful) assert.equal(await ask(header), 401, header.join());
    // Envoy asks with the client's own method, so what a client says of it does not count.
    const own: Header[] = [...page, cookieOf(person), ['X-Forwarded-Method', 'GET']];
    assert.equal((await edge.ask('/verify/orders', own, 'POST')).status, 401);
    assert.equal((await edge.ask('/verify/orders', own)).status, 200);
  });
});

describe('a real browser behind forward authentication', () => {
  let edge: Edge;
  let browser: Browser;
  before(async () => {
    const host = '--host-resolver-rules=MAP orders.test 127.0.0.1, MAP other.test 127.0.0.1';
    [edge, browser] = await Promise.all([startEdge({ LATCHKEY_SIGN_IN_URL: signInUrl }), openBrowser(host)]);
  });
  after(async () => {
    await browser.close();
    await edge.close();
  });

  /** A browser in which the person is signed in; `host` is how it calls the site. */
  async function open(person: Person, host: string): Promise<{ page: Page; site: string }> {
    const context = await browser.newContext();
    const { port } = new URL(edge.proxyUrl);
    await context.addCookies([
      {
        name: 'x-session-id',
        value: person.credential,
        domain: host,
        path: '/',
        httpOnly: true,
        sameSite: 'Lax',
      },
    ]);
    return { page: await context.newPage(), site: `http://${host}:${port}` };
  }

  /** What the service was told of the caller, as the page shows it. */
  async function userOf(page: Page): Promise<string | undefined> {
    const text = (await page.textContent('body')) ?? '';
    return (JSON.parse(text) as { headers: Record<string, string> }).headers['x-user-id'];
  }

  // Chromium sends Fetch Metadata to localhost, and none to other hosts on plain http.
  for (const host of ['localhost', 'orders.test']) {
    it(`opens pages by their address and by a link on another site, on ${host}`, async () => {
      const person = await signUp(edge.server.client);
      const { page, site } = await open(person, host);
      await page.goto(`${site}/orders?a=1`);
      assert.equal(await userOf(page), person.userId);
      await page.goBack();
      await page.goForward();
      assert.equal(await userOf(page), person.userId);

      const elsewhere = createServer((_request, response) => {
        response.setHeader('content-type', 'text/html');
        response.end(`<a href="${site}/orders?from=link">Your orders</a>`);
      }).listen(0, '127.0.0.1');
      await once(elsewhere, 'listening');
      await page.goto(`http://other.test:${(elsewhere.address() as AddressInfo).port}/`);
      await page.getByText('Your orders').click();
      await page.waitForURL(/from=link/);
      assert.equal(await userOf(page), person.userId);
      elsewhere.close();
      await page.context().close();
    });

    it(`sends a person whose session was closed elsewhere to sign in, within a second, on ${host}`, async () => {
      const person = await signUp(edge.server.client);
      const phone = await signIn(edge.server.client, person);
      const { page, site } = await open(person, host);
      await page.goto(`${site}/orders`);
      await closeSession(edge.server.client, person, phone);
      const closed = performance.now();
      await until(async () => {
        await page.goto(`${site}/orders?a=1&b=2`);
        return page.url().includes(signInUrl);
      });
      assert.ok(performance.now() - closed < 1000);
      assert.equal(new URL(page.url()).searchParams.get('return_to'), '/orders?a=1&b=2');
      assert.equal(await userOf(page), undefined);
      await page.context().close();
    });
  }

  it('shows images, and lets a page change nothing without the token', async () => {
    const person = await signUp(edge.server.client);
    const { page, site } = await open(person, 'localhost');
    await page.goto(`${site}/orders`);
    const statusOf = (method: string) =>
      page.evaluate(`fetch('/orders', { method: '${method}' }).then(({ status }) => status)`);
    assert.deepEqual([await statusOf('GET'), await statusOf('POST')], [200, 401]);
    const image = page.waitForResponse(/image/);
    await page.evaluate(
      `document.body.append(Object.assign(new Image(), { src: '/orders?image' })), undefined`,
    );
    assert.equal((await image).status(), 200);
    await page.context().close();
  });
});
