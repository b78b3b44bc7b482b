import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Browser, openBrowser, type Page } from '../support/browser.ts';
import { newLogin, newPassword, openWorld, type World } from '../support/world.ts';

describe('two instances on localhost, whose cookies have one name, in a real browser', () => {
  let browser: Browser;
  let first: World;
  let second: World;
  before(async () => {
    [browser, first, second] = await Promise.all([openBrowser(), openWorld(), openWorld()]);
  });
  after(async () => {
    await browser.close();
    await Promise.all([first.close(), second.close()]);
  });

  /** Calls a route as a script of the page does; the status. */
  const call = (page: Page, method: string, path: string, json?: object) =>
    page.evaluate(
      async ([method, path, json]) => {
        const init = json && { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
        return (await fetch(path, { method, ...init })).status;
      },
      [method, path, json] as const,
    );

  it('what is done at the second one signs nobody out of the first one', async () => {
    const context = await browser.newContext();
    const [atFirst, atSecond] = await Promise.all(
      [first, second].map(async ({ app }) => {
        const page = await context.newPage();
        await page.goto(`${app.config.publicUrl}/docs/`);
        return page;
      }),
    );
    const person = { name: 'Ada', login: newLogin(), password: newPassword() };
    assert.equal(await call(atFirst!, 'POST', '/api/v1/signup', person), 200);
    for (const [method, path, status] of [
      ['GET', '/api/v1/sessions/current', 440],
      ['GET', '/api/v1/signup/validate?login=free', 204],
      ['POST', '/auth/who-am-i', 401],
      ['POST', '/auth/logout', 401],
      ['POST', '/api/v1/signout', 204],
    ] as const) {
      assert.equal(await call(atSecond!, method, path), status, path);
      assert.equal(await call(atFirst!, 'GET', '/api/v1/sessions/current'), 200, path);
    }
    assert.equal(await call(atFirst!, 'POST', '/api/v1/signout'), 204);
    assert.deepEqual(await context.cookies(), []);
    await context.close();
  });
});
