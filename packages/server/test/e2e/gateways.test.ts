/** The server behind the gateways of docs/behind-a-proxy.md: all that people and services do goes through them. */
import assert from 'node:assert/strict';
import { connect as connectHttp2, constants } from 'node:http2';
import { text as readText } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import tls from 'node:tls';
import { createVerifier, type Verifier } from '@latchkey/verify';
import { newPassword, openWorld, signUpBody, type World } from '../support/world.ts';
import { certificate, type Gateway, gateways } from './support/gateways.ts';
import type { ReverseProxy } from './support/proxy-process.ts';
import { freePort } from './support/server-process.ts';

const trusted = tls.getCACertificates('default');
before(() => tls.setDefaultCACertificates([...trusted, certificate.cert]));
after(() => tls.setDefaultCACertificates(trusted));

for (const [name, gateway] of Object.entries(gateways)) describeBehind(name, gateway);

function describeBehind(name: string, gateway: Gateway): void {
  describe(`behind ${name}`, () => {
    let w: World;
    let proxy: ReverseProxy;
    let verifier: Verifier;
    let url: string;
    before(async () => {
      const port = Number(await freePort());
      url = `${gateway.scheme}://localhost:${port}`;
      w = await openWorld({ env: { LATCHKEY_PUBLIC_URL: url, LATCHKEY_TRUSTED_PROXIES: '127.0.0.1' } });
      proxy = await gateway.start({ gateway: port, server: w.port });
      verifier = createVerifier({ issuer: url, serviceKey: await w.serviceKey() });
    });
    after(async () => {
      verifier.close();
      await proxy.close();
      await w.close();
    });

    async function call(path: string, headers: Record<string, string>, method = 'GET', json?: object) {
      const body = json === undefined ? {} : { body: JSON.stringify(json) };
      const type = json === undefined ? {} : { 'content-type': 'application/json' };
      const answer = await fetch(url + path, { method, headers: { ...type, ...headers }, ...body });
      const text = await answer.text();
      assert.ok(answer.ok, `${method} ${path} ${answer.status} ${text}`);
      const [line = ''] = answer.headers.getSetCookie();
      const cookie = line.split(';')[0]!;
      return { answer: text.startsWith('{') ? JSON.parse(text) : {}, cookie, text, headers: answer.headers };
    }

    it('the feed is ready at once, and a session that ends is refused within a second', async () => {
      const began = performance.now();
      await verifier.ready({ timeout: 4000 });
      assert.ok(performance.now() - began < 4000);
      const { cookie } = await call('/api/v1/signup', {}, 'POST', signUpBody());
      const { answer } = await call('/auth/who-am-i', { cookie }, 'POST');
      const credential = cookie.slice(cookie.indexOf('=') + 1);
      const caller = await verifier.authenticate(answer.token, credential);
      const proof = { cookie, authorization: `Bearer ${answer.token}` };
      const end = performance.now();
      const closed = await call(
        `/api/v1/sessions/${caller.userId}/${caller.sessionId}?wait=confirmed&timeout=3000`,
        proof,
        'DELETE',
      );
      assert.ok(performance.now() - end < 1000, `${performance.now() - end} ms`);
      assert.deepEqual([closed.answer.confirmed.length, closed.answer.pending], [1, []]);
      assert.ok(caller.signal.aborted);
      await assert.rejects(verifier.authenticate(answer.token, credential), { code: 'INVALID_CREDENTIALS' });
    });

    it('a reader of the feed that takes compressed answers gets each entry as it comes', async () => {
      const { cookie } = await call('/api/v1/signup', {}, 'POST', signUpBody());
      const stop = new AbortController();
      const late = setTimeout(() => stop.abort(new Error('something was held back')), 5000);
      const headers = {
        authorization: `Bearer ${await w.serviceKey()}`,
        accept: 'text/event-stream',
        'accept-encoding': 'zstd, br, gzip, deflate',
      };
      const feed = await fetch(`${url}/auth/revocations`, { headers, signal: stop.signal });
      assert.equal(feed.status, 200);
      const reader = feed.body!.pipeThrough(new TextDecoderStream()).getReader();
      let text = '';
      const upTo = async (part: string) => {
        while (!text.includes(part)) text += (await reader.read()).value;
      };
      await upTo('event: snapshot');
      await call('/api/v1/signout', { cookie }, 'POST');
      await upTo('"reason":"signout"');
      clearTimeout(late);
      stop.abort();
    });

    it('a session shows the address of its client, whatever that says of itself', async () => {
      const body = signUpBody();
      await call('/api/v1/signup', {}, 'POST', body);
      const { login, password } = body;
      // The client is on loopback, as a proxy would be that is trusted: so the address before it counts.
      const forged = { 'x-forwarded-for': '198.51.100.1', 'cf-connecting-ip': '198.51.100.2' };
      const { answer, cookie } = await call('/api/v1/signin', forged, 'POST', { login, password });
      const { answer: current } = await call('/api/v1/sessions/current', { cookie });
      assert.equal(current.user_id, answer.user_id);
      assert.equal(current.address, gateway.appends ? '198.51.100.1' : '127.0.0.1');
    });

    it('21 KB of cookies, an empty body, a list, an error and a page come through', async () => {
      const { cookie } = await call('/api/v1/signup', {}, 'POST', signUpBody());
      const many = { cookie: `${'_ga=GA1.2.345; '.repeat(1400)}${cookie}` };
      assert.ok(many.cookie.length > 21_000);
      await call('/api/v1/sessions/current', many);
      const { text, headers } = await call('/docs/', {});
      assert.match(text, /<title>Latchkey API<\/title>/);
      assert.match(String(headers.get('content-security-policy')), /default-src 'none'/);
      assert.ok((await call('/docs/js/scalar.js', {})).text.length > 100_000);
      assert.equal((await call('/openapi.json', {})).answer.openapi.slice(0, 3), '3.1');
      const wrong = await fetch(`${url}/api/v1/signin`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf8' },
        body: JSON.stringify({ login: 'nobody', password: newPassword() }),
      });
      const problem = (await wrong.json()) as { readonly type: string; readonly code: string };
      assert.deepEqual([wrong.status, problem.type], [400, `${url}/docs/errors#${problem.code}`]);
      assert.equal((await fetch(`${url}/api/v1/sessions/current`, { method: 'HEAD' })).status, 401);
      const { cookie: cleared } = await call('/api/v1/signout', { cookie }, 'POST');
      assert.match(cleared, /=$/);
    });

    if (gateway.scheme === 'https') {
      it('requests over HTTP/2 that tell no length have no body', async () => {
        const { cookie } = await call('/api/v1/signup', {}, 'POST', signUpBody());
        const session = connectHttp2(url, { ca: certificate.cert });
        const ask = async (method: string, path: string) => {
          // Ended apart from its head, as a gateway with a client's open stream does it.
          const stream = session.request({ ':method': method, ':path': path, cookie }, { endStream: false });
          stream.end();
          const status = new Promise((resolve) =>
            stream.once('response', (head) => resolve(head[constants.HTTP2_HEADER_STATUS])),
          );
          const text = await readText(stream);
          return [await status, text] as const;
        };
        const [status, text] = await ask('POST', '/auth/who-am-i');
        assert.equal(status, 200, text);
        const current = JSON.parse((await ask('GET', '/api/v1/sessions/current'))[1]) as { user_id: string };
        const [closed, why] = await ask('DELETE', `/api/v1/sessions/${current.user_id}?except=current`);
        assert.equal(closed, 200, why);
        assert.equal((await ask('POST', '/api/v1/signout'))[0], 204);
        session.close();
      });
    }
  });
}
