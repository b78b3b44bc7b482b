import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { requireSession } from '@latchkey/verify/node';
import { freePort } from '../../../../scripts/free-port.ts';
import { startNginx } from '../e2e/support/nginx.ts';
import type { ReverseProxy } from '../e2e/support/proxy-process.ts';
import { type Browser, openBrowser, type Page } from '../support/browser.ts';
import { openWorld, type World } from '../support/world.ts';

/** `ada:secret`, without a hash. */
const users = 'ada:{PLAIN}secret\n';

/** A site behind HTTP Basic. What takes tokens is left out: a request has one `Authorization`. */
const site = (proxy: number, latchkey: number, service: number) => `
server {
  listen 127.0.0.1:${proxy};
  auth_basic "staging";
  auth_basic_user_file users;
  location / { proxy_pass http://127.0.0.1:${latchkey}; }
  location /orders { proxy_pass http://127.0.0.1:${service}; }
  location ~ ^/(auth|\\.well-known)/ { auth_basic off; proxy_pass http://127.0.0.1:${latchkey}; }
  location /api/orders { auth_basic off; proxy_pass http://127.0.0.1:${service}; }
  proxy_set_header Host $http_host;
}
`;

describe('a site behind HTTP Basic, in a real browser', () => {
  let w: World;
  let nginx: ReverseProxy;
  let verifier: Verifier;
  let browser: Browser;
  let url = '';
  let end = () => {};

  before(async () => {
    const proxyPort = Number(await freePort());
    url = `http://localhost:${proxyPort}`;
    let handle: RequestListener = () => {};
    const service = createServer((request, response) => handle(request, response)).listen(0, '127.0.0.1');
    await once(service, 'listening');
    end = () => void service.close().closeAllConnections();
    [w, browser] = await Promise.all([openWorld({ env: { LATCHKEY_PUBLIC_URL: url } }), openBrowser()]);
    const config = site(proxyPort, w.port, (service.address() as AddressInfo).port);
    nginx = await startNginx({ 'servers.conf': config, users }, proxyPort);
    verifier = createVerifier({ issuer: url, serviceKey: await w.serviceKey() });
    await verifier.ready();
    const page = requireSession(verifier, { onSignedOut: { redirect: '/orders/public' } });
    const open = requireSession(verifier, { optional: true });
    handle = (request, response) => {
      const guard = request.url?.startsWith('/orders/public') ? open : page;
      void guard((_, answer, caller) => answer.end(`user ${caller?.userId ?? 'nobody'}`))(request, response);
    };
  });
  after(async () => {
    verifier.close();
    end();
    await Promise.all([browser.close(), nginx.close()]);
    await w.close();
  });

  /** A page of the site, in a browser whose person gives name and password whenever HTTP Basic asks. */
  async function openSite(): Promise<Page> {
    const httpCredentials = { username: 'ada', password: 'secret' };
    const page = await (await browser.newContext({ httpCredentials })).newPage();
    assert.equal(await textOf(page, '/orders/public'), '200 user nobody');
    return page;
  }

  /** Calls a route as a script of the page does. */
  const call = (page: Page, method: string, path: string, json?: object, headers = {}) =>
    page.evaluate(
      async ([method, path, json, headers]) => {
        const body = json && { body: JSON.stringify(json) };
        const type = json && { 'content-type': 'application/json' };
        const answer = await fetch(
          path as string,
          { method, ...body, headers: { ...type, ...headers } } as RequestInit,
        );
        const text = await answer.text();
        return { status: answer.status, text };
      },
      [method, path, json, headers] as const,
    );
  const textOf = async (page: Page, path: string) => {
    const answer = await page.goto(url + path);
    return `${answer?.status()} ${await answer?.text()}`;
  };

  it('signs in, opens pages, and signs out', async () => {
    const { id, login, password } = await w.person();
    const page = await openSite();
    assert.equal((await call(page, 'GET', '/api/v1/sessions/current')).status, 401);
    assert.equal((await call(page, 'POST', '/api/v1/signin', { login, password })).status, 200);
    for (const path of ['/api/v1/sessions/current', `/api/v1/accounts/${id}`])
      assert.equal((await call(page, 'GET', path)).status, 200, path);
    assert.equal((await call(page, 'POST', '/auth/who-am-i')).status, 200);
    assert.equal(await textOf(page, '/orders'), `200 user ${id}`);
    assert.equal(await textOf(page, '/orders/public'), `200 user ${id}`);
    assert.equal((await call(page, 'POST', '/api/v1/signout')).status, 204);
    assert.equal(await textOf(page, '/orders'), '200 user nobody');
    assert.equal(new URL(page.url()).search, '?return_to=%2Forders');
    await page.context().close();
  });

  it('a token proves a call where HTTP Basic is left out', async () => {
    const { id, login, password } = await w.person();
    const page = await openSite();
    await call(page, 'POST', '/api/v1/signin', { login, password });
    const { token } = JSON.parse((await call(page, 'POST', '/auth/who-am-i')).text);
    const authorization = `Bearer ${token}`;
    for (const method of ['GET', 'POST']) {
      const { status, text } = await call(page, method, '/api/orders', undefined, { authorization });
      assert.deepEqual([status, text], [200, `user ${id}`]);
    }
    // The proxy itself refuses a token in the place of its own name and password.
    assert.equal((await call(page, 'GET', '/orders', undefined, { authorization })).status, 401);
    await page.context().close();
  });
});
