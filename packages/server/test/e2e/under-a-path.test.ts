/** The server below a path of a public URL, behind nginx with the configurations of the docs. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createClient } from '@latchkey/client';
import { createVerifier, type Verifier } from '@latchkey/verify';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { newAddress, newLogin, openWorld, type World } from '../support/world.ts';
import { blocksOf, startNginx } from './support/nginx.ts';
import type { ReverseProxy } from './support/proxy-process.ts';
import { freePort, startProcess } from './support/server-process.ts';

let browser: Browser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

const locations = blocksOf('install-and-run.md', 'nginx');
const ways = [
  ['passes the path on', locations[0]],
  ['takes the path off', locations[1]],
] as const;

for (const [way, location = ''] of ways) {
  for (const base of ['/auth-service', '/auth']) describeUnder(base, way, location);
}

function describeUnder(base: string, way: string, location: string): void {
  describe(`below ${base}, where the proxy ${way}`, () => {
    let w: World;
    let proxy: ReverseProxy;
    let verifier: Verifier;
    let serviceKey: string;
    let origin: string;
    let url: string;
    before(async () => {
      const port = await freePort();
      origin = `http://localhost:${port}`;
      url = origin + base;
      w = await openWorld({ env: { LATCHKEY_PUBLIC_URL: `${url}/`, LATCHKEY_TRUSTED_PROXIES: '127.0.0.1' } });
      const text = location.replaceAll('/auth-service', base).replace('8080', String(w.port));
      proxy = await startNginx({ 'servers.conf': `server { listen ${port}; ${text} }` }, Number(port));
      serviceKey = await w.serviceKey();
      verifier = createVerifier({ issuer: url, serviceKey });
      await verifier.ready();
    });
    after(async () => {
      verifier.close();
      await proxy.close();
      await w.close();
    });

    it('all addresses that the server tells lead to it', async () => {
      const told = (await (await fetch(`${url}/.well-known/latchkey`)).json()) as Record<string, unknown>;
      assert.equal(told.issuer, url);
      const addresses = Object.values(told).filter((value) => String(value).startsWith('http'));
      assert.ok(addresses.length >= 9);
      for (const address of addresses) assert.ok(String(address).startsWith(url), String(address));
      for (const name of ['jwks_uri', 'openapi', 'docs']) {
        assert.equal((await fetch(String(told[name]))).status, 200, name);
      }
      const { servers } = (await (await fetch(`${url}/openapi.json`)).json()) as { servers: object[] };
      assert.deepEqual(servers, [{ url }]);
      const refused = await fetch(`${url}/api/v1/sessions/current`);
      const { type, code } = (await refused.json()) as { type: string; code: string };
      assert.deepEqual([refused.status, type], [401, `${url}/docs/errors#NOT_SIGNED`]);
      assert.ok((await (await fetch(type)).text()).includes(`id="${code}"`));
      assert.equal((await fetch(`${url}/nowhere`)).status, 404);
    });

    it('a client signs in, a verifier follows, and forward authentication as well', async () => {
      const { login, password } = await w.person();
      const client = createClient({ baseUrl: `${url}/` });
      const { data } = await client.POST('/api/v1/signin', { body: { login, password } });
      const { data: current } = await client.GET('/api/v1/sessions/current');
      assert.equal(current?.user_id, data?.user_id);
      const { data: ids } = await client.GET('/auth/sessions');
      assert.ok(ids?.includes(current!.id));
      const [token, cookie] = [await client.token(), client.credential];
      const caller = await verifier.authenticate(token, cookie);
      assert.equal(String(caller.userId), current?.user_id);
      await assertForwarded(token!, cookie!);
      await client.POST('/api/v1/signout');
      await new Promise((resolve) => caller.signal.addEventListener('abort', resolve, { once: true }));
      await assert.rejects(verifier.authenticate(token, cookie), { code: 'INVALID_CREDENTIALS' });
    });

    async function assertForwarded(token: string, cookie: string): Promise<void> {
      const PORT = await freePort();
      const { child, exited } = startProcess(['verifier'], {
        PORT,
        LATCHKEY_PUBLIC_URL: url,
        LATCHKEY_SERVICE_KEY: serviceKey,
      });
      const there = `http://127.0.0.1:${PORT}`;
      const isReady = () => fetch(`${there}/health/ready`).then(({ ok }) => ok);
      while (!(await isReady().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 20));
      const headers = { authorization: `Bearer ${token}`, cookie: `x-session-id=${cookie}` };
      for (const path of ['/verify', '/health/alive', '/nowhere']) {
        const [get, head] = await Promise.all([
          fetch(there + path, { headers }),
          fetch(there + path, { headers, method: 'HEAD' }),
        ]);
        assert.equal(get.status, { '/verify': 204, '/health/alive': 200 }[path] ?? 404);
        const fields = ({ headers: { ...all } }: Response) => all;
        assert.deepEqual([head.status, fields(head)], [get.status, fields(get)]);
        assert.equal(head.headers.get('content-length'), get.headers.get('content-length'), path);
      }
      child.kill('SIGTERM');
      await exited;
    }

    it('the cookie is for the whole host, and pages are judged by the origin', async () => {
      const { login, password } = await w.person();
      const signIn = (from: string) =>
        fetch(`${url}/api/v1/signin`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: from },
          body: JSON.stringify({ login, password }),
        });
      const [cookie = ''] = (await signIn(origin)).headers.getSetCookie();
      assert.match(cookie, /; Path=\/;/);
      assert.equal((await signIn('http://evil.example')).status, 403);
    });

    it('a long list leads on by whole addresses', async () => {
      const root = await w.admin();
      const proof = await w.login(root);
      await w.again(root);
      const headers = w.byProof(proof);
      const first = await fetch(`${url}/auth/sessions?take=1`, { headers });
      const next = /^<(.+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1];
      assert.ok(next?.startsWith(`${url}/auth/sessions?`));
      assert.equal((await fetch(String(next), { headers })).status, 200);
    });

    it('the front page shows the reference, which loads nothing from elsewhere', async () => {
      const page = await browser.newPage();
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('response', (answer) => {
        if (answer.status() >= 400) faults.push(`${answer.status()} ${answer.url()}`);
      });
      page.on('request', (request) => {
        if (!/^(?:data|blob):/.test(request.url()) && !request.url().startsWith(url))
          faults.push(request.url());
      });
      await page.goto(url);
      assert.equal(page.url(), `${url}/docs/`);
      await page.getByRole('heading', { name: 'Latchkey', level: 1 }).waitFor();
      assert.deepEqual(faults, []);
      await page.close();
    });

    it('the link of a mail opens a page that works', async () => {
      const email = newAddress();
      const { id, password } = await w.person({ login: newLogin(), email });
      const [mail] = await w.mailsTo(email);
      assert.ok(mail!.values.link!.startsWith(`${url}/verify-email#`));
      const page = await browser.newPage();
      await page.goto(mail!.values.link!);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByRole('status').waitFor();
      assert.equal((await w.app.context.read.emailSettings.find(id))!.verified, true);
      await page.close();
    });
  });
}
