import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  closeSession,
  type Person,
  password,
  signIn,
  signUp,
} from '../../packages/server/test/e2e/support/people.ts';
import {
  type Browser,
  type BrowserContext,
  type Locator,
  openBrowser,
  type Page,
} from '../../packages/server/test/support/browser.ts';
import { type Stand, startStand } from './stand.ts';

/** What a person sees of the app in Chromium. */
export function testBrowser(): void {
  describe('Next.js: in Chromium', () => {
    let stand: Stand;
    let browser: Browser;
    let elsewhere: Server;
    let context: BrowserContext;
    let page: Page;
    let ann: Person;
    const app = (path: string) => `${stand.app.url}${path}`;
    const ofElsewhere = (path: string) =>
      `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}${path}`;

    before(async () => {
      [stand, browser] = await Promise.all([startStand(), openBrowser()]);
      elsewhere = createServer((_, response) => {
        response.setHeader('content-type', 'text/html');
        response.end(`<a href="${app('/account')}">Account</a><iframe src="${app('/account')}"></iframe>
          <img src="${app('/account/picture')}" alt="Portrait">`);
      }).listen(0, '127.0.0.1');
      await once(elsewhere, 'listening');
      ann = await signUp(stand.latchkey.client);
      context = await browser.newContext();
      page = await context.newPage();
      page.setDefaultTimeout(15_000);
    });
    after(async () => {
      await browser.close();
      elsewhere.close();
      await stand.end();
    });

    const heading = (of: Page, text: string) =>
      of.getByRole('heading', { name: text, exact: true }).waitFor();
    const seeAccount = (of: Page) => heading(of, `User ${ann.userId}`);
    const seeNotes = (of: Page) => heading(of, `Notes of ${ann.userId}`);

    async function signInOn(of: Page): Promise<void> {
      await heading(of, 'Sign in');
      await of.getByLabel('Login').fill(ann.login);
      await of.getByLabel('Password').fill(password);
      await of.getByRole('button', { name: 'Sign in' }).click();
    }

    /** Closes the session that the browser has, from another device of the same person. */
    async function closeElsewhere(): Promise<void> {
      const cookies = await context.cookies(stand.app.url);
      const credential = cookies.find(({ name }) => name === 'x-session-id')?.value ?? '';
      const sessionId = credential.split('.')[0]!;
      await closeSession(
        stand.latchkey.client,
        { ...ann, sessionId },
        await signIn(stand.latchkey.client, ann),
      );
    }

    it('a typed address leads to the sign-in and back', async () => {
      await page.goto(app('/account/notes?tab=1'));
      assert.equal(page.url(), app('/signin?return_to=%2Faccount%2Fnotes%3Ftab%3D1'));
      await signInOn(page);
      await page.waitForURL(app('/account/notes?tab=1'));
      await seeNotes(page);
      await page.goto(app('/account'));
      await seeAccount(page);
    });

    it('a link on another site opens the page; a frame and an image there get nothing', async () => {
      await page.goto(ofElsewhere('/'), { waitUntil: 'networkidle' });
      assert.equal(await widthOf(page.getByAltText('Portrait')), 0);
      await page.frameLocator('iframe').getByRole('heading', { name: 'Sign in' }).waitFor();
      await page.getByRole('link', { name: 'Account' }).click();
      await page.waitForURL(app('/account'));
      await seeAccount(page);
    });

    it('the router, images, downloads, events and actions go by the cookie alone', async () => {
      await page.goto(app('/account'));
      await seeAccount(page);
      const documents: string[] = [];
      page.on('request', (request) => {
        if (request.isNavigationRequest()) documents.push(request.url());
      });
      await page.getByRole('link', { name: 'Notes' }).click();
      await seeNotes(page);
      assert.equal(page.url(), app('/account/notes'));
      assert.equal(await widthOf(page.getByAltText('Portrait')), 20);
      await page.getByLabel('Note').fill('buy milk');
      await page.getByRole('button', { name: 'Add' }).click();
      await page.getByRole('listitem').getByText('buy milk').waitFor();
      await page.goBack();
      await seeAccount(page);
      await page.goForward();
      await seeNotes(page);
      assert.deepEqual(documents, []);
      page.removeAllListeners('request');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Export' }).click(),
      ]);
      assert.equal(download.suggestedFilename(), 'export.json');
      assert.equal(await download.failure(), null);
    });

    it('a session that is closed elsewhere ends in every tab within a second, and sign-in leads back', async () => {
      const second = await context.newPage();
      await second.goto(app('/account'));
      await seeAccount(second);
      const ended = second.evaluate(
        `new Promise((resolve) => {
          const events = new EventSource('/account/events');
          events.onmessage = () => document.body.append('listening');
          events.onerror = () => { events.close(); resolve(); };
        })`,
      );
      await second.getByText('listening').waitFor();
      await closeElsewhere();
      await sleep(1000);
      await ended;
      await page.reload();
      assert.equal(page.url(), app('/signin?return_to=%2Faccount%2Fnotes'));
      // The router has no answer of use, so the browser loads the page itself.
      await second.getByRole('link', { name: 'Notes' }).click();
      await second.waitForURL(app('/signin?return_to=%2Faccount%2Fnotes'));
      await signInOn(second);
      await second.waitForURL(app('/account/notes'));
      await seeNotes(second);
      await second.getByText('buy milk').waitFor();
      await page.goto(app('/account'));
      await seeAccount(page);
      await second.close();
    });

    it('an action of a session that is closed changes nothing', async () => {
      await page.goto(app('/account/notes'));
      await closeElsewhere();
      await sleep(1000);
      await page.getByLabel('Note').fill('too late');
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === 'POST'),
        page.getByRole('button', { name: 'Add' }).click(),
      ]);
      assert.equal(answer.status(), 401);
      await page.reload();
      await signInOn(page);
      await seeNotes(page);
      await page.getByText('buy milk').waitFor();
      assert.equal(await page.getByText('too late').count(), 0);
    });
  });
}

/** The width that an image has, in pixels; 0 if it could not be loaded. */
async function widthOf(image: Locator): Promise<number> {
  return image.evaluate(async (element) => {
    const loaded = element as unknown as { decode(): Promise<void>; readonly naturalWidth: number };
    await loaded.decode().catch(() => undefined);
    return loaded.naturalWidth;
  });
}
