import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, openBrowser, type Page } from '../../server/test/support/browser.ts';
import type { createClient } from '../src/index.ts';
import { password, startWorld, type World } from './support.ts';

/** Loaded by the page, from the origin of Latchkey. */
const html = `<!doctype html><script type="importmap">{"imports": {"openapi-fetch": "/test/openapi-fetch"}}</script>
<script type="module">
import { createClient } from '/test/index.ts';
globalThis.ended = 0;
globalThis.client = createClient({ baseUrl: location.origin, onSignedOut: () => { globalThis.ended += 1; } });
</script>`;

declare const client: ReturnType<typeof createClient>;
declare const ended: number;

async function sourceOf(name: string): Promise<string> {
  if (name === 'openapi-fetch') return readFile(fileURLToPath(import.meta.resolve('openapi-fetch')), 'utf8');
  return stripTypeScriptTypes(await readFile(new URL(`../src/${name}`, import.meta.url), 'utf8'));
}

describe('a tab of Chromium with the client', () => {
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  async function openTab(world: World, login: string) {
    const page = await (await browser.newContext()).newPage();
    await page.route(`${world.latchkey}/test/**`, async (route) => {
      const name = new URL(route.request().url()).pathname.slice('/test/'.length);
      if (name === '') await route.fulfill({ contentType: 'text/html', body: html });
      else await route.fulfill({ contentType: 'text/javascript', body: await sourceOf(name) });
    });
    await page.goto(`${world.latchkey}/test/`);
    await page.evaluate(
      (body) => client.POST('/api/v1/signup', { body }).then(({ response }) => response.status),
      { name: 'Ada', login, password },
    );
    const asked = { count: 0 };
    page.on('request', (request) => {
      if (request.url().endsWith('/auth/who-am-i')) asked.count += 1;
    });
    return { page, asked };
  }

  const tokensOf = (page: Page) =>
    page.evaluate(async () => [
      ...new Set(await Promise.all(Array.from({ length: 100 }, () => client.token()))),
    ]);

  it('that was frozen until its token had ended has one refresh for a hundred calls', async () => {
    const world = await startWorld({ LATCHKEY_TOKEN_TTL: '2s' });
    try {
      const { page, asked } = await openTab(world, 'ada');
      const [old, ...others] = await tokensOf(page);
      assert.deepEqual([others, asked.count], [[], 1]);
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
      await sleep(2500);
      await devtools.send('Page.setWebLifecycleState', { state: 'active' });
      const woken = await tokensOf(page);
      assert.deepEqual([woken.length, woken[0] === old, asked.count], [1, false, 2]);
      assert.equal(await page.evaluate(() => ended), 0);
    } finally {
      await world.close();
    }
  });

  it('on a machine that slept has one refresh for a hundred calls', async () => {
    const world = await startWorld();
    try {
      const { page, asked } = await openTab(world, 'ada');
      const [old] = await tokensOf(page);
      const night = 360_000;
      world.clock.move(night);
      // The monotonic clock stands still meanwhile.
      await page.evaluate((milliseconds) => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + milliseconds;
      }, night);
      const woken = await tokensOf(page);
      assert.deepEqual([woken.length, woken[0] === old, asked.count], [1, false, 2]);
      const current = await page.evaluate(() =>
        client.GET('/auth/sessions').then(({ response }) => response.status),
      );
      assert.deepEqual([current, asked.count], [200, 2]);
    } finally {
      await world.close();
    }
  });
});
