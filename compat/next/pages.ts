import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  closeSession,
  type Person,
  signIn,
  signUp,
  tokenOf,
} from '../../packages/server/test/e2e/support/people.ts';
import { freePort } from '../../packages/server/test/e2e/support/server-process.ts';
import { type Stand, startNext, startStand } from './stand.ts';

type Headers = Readonly<Record<string, string>>;

const page: Headers = {
  'sec-fetch-site': 'none',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  accept: 'text/html',
};
/** How the client-side router asks for a page. */
const script: Headers = {
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'cors',
  'sec-fetch-dest': 'empty',
  accept: '*/*',
};

const cookieOf = ({ credential }: Person): Headers => ({ cookie: `x-session-id=${credential}` });

/** The pages of the App Router, as `next start` serves them, with a server of Latchkey. */
export function testPages(): void {
  describe('Next.js: the App Router', () => {
    let stand: Stand;
    const send = (path: string, headers: Headers, method = 'GET', body?: string) =>
      ask(stand.app.url, path, headers, method, body);
    before(async () => {
      stand = await startStand();
    });
    after(() => stand.end());

    it('every person gets their own page, which nothing may keep', async () => {
      const { client } = stand.latchkey;
      const [ann, bob] = [await signUp(client), await signUp(client)];
      for (const person of [ann, bob, ann]) {
        for (const path of ['/account', '/account/notes']) {
          const { status, text, headers } = await send(path, { ...page, ...cookieOf(person) });
          assert.equal(status, 200);
          assert.deepEqual(idsIn(text, [ann, bob]), [person.userId], path);
          assert.match(headers['cache-control'] ?? '', /private, no-cache, no-store/);
        }
        const rsc = await send('/account?_rsc', { ...script, rsc: '1', ...cookieOf(person) });
        assert.equal(rsc.headers['content-type'], 'text/x-component');
        assert.deepEqual(idsIn(rsc.text, [ann, bob]), [person.userId]);
      }
      const nobody = await send('/account', page);
      assert.deepEqual(idsIn(nobody.text, [ann, bob]), []);
    });

    it('who is not signed in is sent to sign in, by a path that holds behind a proxy', async () => {
      for (const method of ['GET', 'HEAD']) {
        for (const host of ['localhost', 'app.example.com']) {
          const sent = { ...page, host, 'x-forwarded-host': host, 'x-forwarded-proto': 'https' };
          const { status, headers } = await send('/account/notes?tab=1', sent, method);
          assert.deepEqual(
            [status, headers.location],
            [302, '/signin?return_to=%2Faccount%2Fnotes%3Ftab%3D1'],
          );
        }
      }
      const rsc = await send('/account?_rsc', { ...script, rsc: '1' });
      assert.deepEqual([rsc.status, rsc.headers['www-authenticate']], [401, 'Bearer']);
    });

    it('route handlers take the cookie alone, and a token beside it', async () => {
      const ann = await signUp(stand.latchkey.client);
      const cookie = cookieOf(ann);
      const authorization = `Bearer ${await tokenOf(stand.latchkey.client, ann)}`;
      const image = {
        'sec-fetch-site': 'same-origin',
        'sec-fetch-mode': 'no-cors',
        'sec-fetch-dest': 'image',
      };
      assert.equal((await send('/account/picture', { ...image, ...cookie })).status, 200);
      assert.equal((await send('/account/picture', { ...image, ...cookie }, 'HEAD')).status, 200);
      const elsewhere = { ...image, 'sec-fetch-site': 'cross-site' };
      assert.equal((await send('/account/picture', { ...elsewhere, ...cookie })).status, 401);
      assert.equal((await send('/account/export', { authorization, ...cookie })).status, 200);
      assert.equal((await send('/page', { ...script, ...cookie }, 'POST', '')).status, 401);
      assert.equal((await send('/page', { authorization, ...cookie }, 'POST', '')).status, 200);
      assert.equal((await send('/account', { ...page, ...cookie })).status, 200);
      assert.equal(await stand.countVerifiers(), 1, 'proxy, pages and route handlers share one verifier');
    });

    it('a form without a script reaches its action from the same origin only', async () => {
      const { client } = stand.latchkey;
      const [ann, bob] = [await signUp(client), await signUp(client)];
      const html = (await send('/account/notes', { ...page, ...cookieOf(ann) })).text;
      const [, action = ''] = /name="(\$ACTION_ID_\w+)"/.exec(html) ?? [];
      const body = `--b\r\nContent-Disposition: form-data; name="${action}"\r\n\r\n\r\n--b\r\nContent-Disposition: form-data; name="note"\r\n\r\nfirst note\r\n--b--\r\n`;
      const form = { ...page, 'content-type': 'multipart/form-data; boundary=b', ...cookieOf(ann) };
      const own = { ...form, 'sec-fetch-site': 'same-origin', origin: stand.app.url };
      for (const [site, origin] of [
        ['cross-site', 'https://evil.example.com'],
        ['same-site', stand.latchkey.url],
        ['cross-site', 'null'],
      ] as const) {
        const refused = await send(
          '/account/notes',
          { ...form, 'sec-fetch-site': site, origin },
          'POST',
          body,
        );
        assert.equal(refused.status, 401, site);
      }
      assert.equal((await send('/account/notes', { ...own, cookie: '' }, 'POST', body)).status, 401);
      const notesOf = async (person: Person) =>
        (await send('/account/export', { ...page, ...cookieOf(person) })).text;
      assert.deepEqual(JSON.parse(await notesOf(ann)), { user: Number(ann.userId), notes: [] });
      const added = await send('/account/notes', own, 'POST', body);
      assert.equal(added.status, 200);
      assert.match(added.text, /first note/);
      assert.deepEqual(JSON.parse(await notesOf(ann)).notes, ['first note']);
      assert.deepEqual(JSON.parse(await notesOf(bob)).notes, []);
    });

    it('a session that is closed is refused within a second, and its events end', async () => {
      const { client } = stand.latchkey;
      const ann = await signUp(client);
      const events = { ...script, accept: 'text/event-stream', ...cookieOf(ann) };
      const [stream, left] = [await open(stand.app.url, events), await open(stand.app.url, events)];
      left.destroy();
      const ended = once(stream.resume(), 'end');
      assert.equal((await send('/account', { ...page, ...cookieOf(ann) })).status, 200);
      await closeSession(client, ann, await signIn(client, ann));
      await sleep(1000);
      assert.equal((await send('/account', { ...page, ...cookieOf(ann) })).status, 302);
      assert.equal((await send('/account/picture', { ...script, ...cookieOf(ann) })).status, 401);
      await ended;
    });
  });

  it('Next.js: an app that is started without its environment names what is missing', async () => {
    const app = await startNext({ LATCHKEY_PUBLIC_URL: 'http://localhost:1' }, await freePort());
    assert.equal((await ask(app.url, '/', page)).status, 500);
    assert.equal((await ask(app.url, '/signin', page)).status, 200);
    await app.end();
    assert.match(app.output(), /LATCHKEY_SERVICE_KEY is not set/);
  });
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends these header fields and, unlike `fetch`, no others for what the request is for. */
async function ask(url: string, path: string, headers: Headers, method = 'GET', body = ''): Promise<Answer> {
  const length = method === 'POST' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
  const sent = httpRequest(new URL(path, url), { method, headers: { ...headers, ...length }, agent: false });
  const [response] = await once(sent.end(body), 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  return { status: response.statusCode, headers: response.headers, text };
}

/** A stream of events, once it has begun. */
async function open(url: string, headers: Headers) {
  const sent = httpRequest(new URL('/account/events', url), { headers, agent: false }).end();
  const [response] = await once(sent, 'response');
  assert.equal(response.headers['content-type'], 'text/event-stream');
  await once(response, 'data');
  return response;
}

/** Whose ids are in a text. */
const idsIn = (text: string, people: readonly Person[]) =>
  people.map(({ userId }) => userId).filter((id) => text.includes(id));
