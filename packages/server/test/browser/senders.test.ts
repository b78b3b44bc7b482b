/** Who gets the session credential: no page in a browser, on https or not; an allowed application does. */
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { freePort } from '../e2e/support/server-process.ts';
import {
  type Browser,
  type BrowserContext,
  openBrowser,
  openExtension,
  type Page,
} from '../support/browser.ts';
import { newPassword, openWorld, type Person, signUpBody, type World } from '../support/world.ts';

interface Told {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a script of the page gets. The status is 0 where the browser keeps the answer from it. */
function call(page: Page, url: string, init: Readonly<Record<string, unknown>> = {}): Promise<Told> {
  const { json, headers, ...rest } = init;
  const type = json === undefined ? {} : { 'content-type': 'application/json' };
  const all = {
    ...rest,
    headers: { ...type, ...(headers as object) },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  };
  return page.evaluate(
    `fetch(${JSON.stringify(url)}, ${JSON.stringify(all)}).then(
      async (answer) => ({ status: answer.status, body: await answer.json().catch(() => ({})) }),
      () => ({ status: 0, body: {} }),
    )`,
  );
}

const publicId = /^[\w-]{22}$/;
const credential = /^[\w-]{22}\.[\w-]{43}$/;

describe('a page in Chromium', () => {
  let browser: Browser;
  const worlds: World[] = [];
  before(async () => {
    browser = await openBrowser('--host-resolver-rules=MAP *.test 127.0.0.1');
  });
  after(async () => {
    await browser.close();
    for (const world of worlds) await world.close();
  });

  /** A page of another host name for the same server, which has the first one. */
  async function open(host: string, as = host, env: Readonly<Record<string, string>> = {}): Promise<Page> {
    const port = await freePort();
    worlds.push(
      await openWorld({
        env: { PORT: String(port), LATCHKEY_PUBLIC_URL: `http://${host}:${port}`, ...env },
      }),
    );
    const page = await browser.newPage({ bypassCSP: true });
    await page.goto(`http://${as}:${port}/docs/errors`);
    return page;
  }

  // Chromium sends Fetch Metadata to localhost, and none to other hosts on plain http.
  for (const host of ['localhost', 'id.test']) {
    for (const cookie of [true, false]) {
      it(`never sees its credential, on http://${host}, with the cookie ${cookie ? 'on' : 'off'}`, async () => {
        const page = await open(host, host, { LATCHKEY_COOKIE_ENABLED: String(cookie) });
        const post = (path: string, json: object, more: object = {}) =>
          call(page, path, { method: 'POST', json, ...more });

        const fields = signUpBody();
        const { login, password } = fields;
        const answers = [
          await post('/api/v1/signup', fields),
          await post('/api/v1/signin', { login, password }),
        ];
        const logged = await post('/auth/login', { username: login, password });
        const silent = { referrerPolicy: 'no-referrer' };
        answers.push(await post('/api/v1/signin', { login, password }, silent));
        if (cookie) {
          const { body } = await call(page, '/api/v1/sessions/current');
          answers.push(await post('/api/v1/sessions/restore', {}));
          const change = { old_password: password, new_password: newPassword() };
          answers.push(await post(`/api/v1/passwords/${body.user_id}/change`, change));
        }
        for (const { status, body } of answers) {
          assert.equal(status, 200, JSON.stringify(body));
          assert.match(String(body.id), publicId);
        }
        assert.deepEqual([logged.status, logged.body.cookie], [200, undefined]);
        assert.equal(await page.evaluate('document.cookie'), '');
      });
    }
  }

  it('of another host changes nothing, and the answer names its origin', async () => {
    const page = await open('id.test', 'other.test');
    const other = await call(page, '/api/v1/signout', { method: 'POST' });
    assert.deepEqual([other.status, other.body.code], [403, 'WRONG_ORIGIN']);
    assert.match(String(other.body.detail), /http:\/\/other\.test:\d+ is not allowed/);
  });
});

/** A browser extension with an id of its own, in a folder. */
async function makeExtension(hosts: readonly string[]): Promise<{ folder: string; origin: string }> {
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({
    type: 'spki',
    format: 'der',
  });
  const digest = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const id = digest.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)));
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-extension-'));
  const manifest = {
    manifest_version: 3,
    name: 'Orders',
    version: '1',
    key: key.toString('base64'),
    host_permissions: hosts,
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'page.html'), '<!doctype html><title>Orders</title>');
  return { folder, origin: `chrome-extension://${id}` };
}

for (const hosts of [[], ['http://localhost/*']]) {
  describe(`an extension of Chromium, ${hosts.length > 0 ? 'with' : 'without'} permission for the host`, () => {
    let w: World;
    let person: Person;
    let context: BrowserContext;
    let page: Page;
    const folders: string[] = [];
    before(async () => {
      const listed = await makeExtension(hosts);
      const unlisted = await makeExtension(hosts);
      folders.push(listed.folder, unlisted.folder);
      w = await openWorld({ env: { LATCHKEY_ALLOWED_ORIGINS: listed.origin } });
      person = await w.person();
      context = await openExtension(folders);
      page = await context.newPage();
      await page.goto(`${listed.origin}/page.html`);
      const other = await context.newPage();
      await other.goto(`${unlisted.origin}/page.html`);
      const refused = await call(other, `${w.app.config.publicUrl}/api/v1/signin`, {
        method: 'POST',
        json: { login: person.login, password: person.password },
      });
      // Without permission the browser itself refuses, because the preflight is not answered.
      assert.equal(refused.status, hosts.length > 0 ? 403 : 0);
    });
    after(async () => {
      await context.close();
      await w.close();
      for (const folder of folders) await rm(folder, { recursive: true, force: true });
    });

    it('signs in, calls, gets a token and signs out by the credential', async () => {
      const url = (path: string) => w.app.config.publicUrl + path;
      const { login, password } = person;
      const opened = await call(page, url('/api/v1/signin'), { method: 'POST', json: { login, password } });
      assert.equal(opened.status, 200);
      assert.match(String(opened.body.id), credential);
      // The browser would send the cookie as well, of whichever session is the newest.
      const proof = { credentials: 'omit', headers: { 'x-session-id': String(opened.body.id) } };
      const current = await call(page, url('/api/v1/sessions/current'), proof);
      assert.deepEqual([current.status, current.body.user_id], [200, person.id]);
      const { status, body } = await call(page, url('/auth/who-am-i'), { method: 'POST', ...proof });
      assert.deepEqual([status, typeof body.token], [200, 'string']);
      const logged = await call(page, url('/auth/login'), {
        method: 'POST',
        json: { username: login, password },
      });
      assert.match(String(logged.body.cookie), credential);
      const out = await call(page, url('/api/v1/signout'), { method: 'POST', ...proof });
      assert.equal(out.status, 204);
      await w.assertDead({ credential: String(opened.body.id) });
      await w.assertLive({ credential: String(logged.body.cookie) });
    });

    if (hosts.length > 0) {
      it('is signed in by the cookie as well', async () => {
        const url = (path: string) => w.app.config.publicUrl + path;
        const { login, password } = person;
        await call(page, url('/api/v1/signin'), { method: 'POST', json: { login, password } });
        const current = await call(page, url('/api/v1/sessions/current'));
        assert.deepEqual([current.status, current.body.user_id], [200, person.id]);
      });
    }
  });
}
