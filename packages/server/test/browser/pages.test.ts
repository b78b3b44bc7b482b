import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { newAddress, newLogin, newPassword, openWorld, type World } from '../support/world.ts';

describe('the pages that mails lead to', () => {
  let browser: Browser;
  let server: MailServer;
  let w: World;
  before(async () => {
    [browser, server] = await Promise.all([openBrowser(), startMailServer()]);
    w = await openWorld({ env: { LATCHKEY_SMTP_URL: server.url } });
  });
  after(async () => {
    await browser.close();
    await w.close();
    await server.close();
  });

  const withMail = async () => {
    const email = newAddress();
    return { ...(await w.person({ login: newLogin(), email })), email };
  };

  /** Opens the link of a mail, as a person with this language does. Nothing but our own server may be asked. */
  const follow = async (to: string, count: number, locale = 'en-GB'): Promise<Page> => {
    const mail = (await server.mailsTo(to, count)).at(-1)!;
    const link = /http\S+/.exec(mail.text)![0];
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      // Chromium tells of the question whether somebody is signed in, which has this answer where nobody is.
      const expected = message.location().url.endsWith('/sessions/current');
      if (message.type() === 'error' && !expected) faults.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(w.app.config.publicUrl) && !request.url().startsWith('data:')) {
        faults.push(request.url());
      }
    });
    await page.goto(link);
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.ok(!page.url().includes('code'), 'the code is not left in the address');
    assert.deepEqual(faults, []);
    return page;
  };

  it('an address is verified by the button, not by opening the link', async () => {
    const anna = await withMail();
    const page = await follow(anna.email, 1);
    const isVerified = async () => (await w.app.context.read.emailSettings.find(anna.id))!.verified;
    assert.equal(await isVerified(), false);
    const mine = page.locator('form').first();
    const press = mine.getByRole('button', { name: 'Confirm' });
    await mine.getByLabel('Password').fill(newPassword());
    await press.click();
    await page.getByText('The password is wrong').waitFor();
    assert.equal(await isVerified(), false);
    await mine.getByLabel('Password').fill(anna.password);
    await press.click();
    await page.getByRole('status').waitFor();
    assert.equal(await isVerified(), true);
    await w.assertLive(anna);
    await page.context().close();
  });

  it('who did not make the account confirms with a new password, and whoever made it is out', async () => {
    const mallory = await withMail();
    const page = await follow(mallory.email, 1);
    const notMine = page.locator('form').last();
    const chosen = newPassword();
    await notMine.getByLabel('New password').fill(chosen);
    await notMine.getByRole('button').click();
    await page.getByRole('status').waitFor();
    await w.assertDead(mallory);
    await w.again({ login: mallory.login, password: chosen });
    await page.context().close();
  });

  it('a forgotten password is set anew, in German', async () => {
    const anna = await withMail();
    await w.call({ method: 'POST', path: '/api/v1/passwords/recover', json: { login: anna.login } });
    const page = await follow(anna.email, 2, 'de-DE');
    assert.equal(await page.title(), 'Ein neues Passwort setzen');
    const password = page.getByLabel('Neues Passwort');
    const press = page.getByRole('button', { name: 'Passwort setzen' });
    await password.fill('short');
    await press.click();
    await page.getByText('The password is too short').or(page.getByText('at least')).waitFor();
    const chosen = newPassword();
    await password.fill(chosen);
    await press.click();
    await page.getByRole('status').waitFor();
    await w.again({ login: anna.login, password: chosen });
    await page.context().close();
  });

  it('a one-time password is replaced', async () => {
    const anna = await withMail();
    const root = await w.admin();
    const path = `/api/v1/passwords/${anna.id}/temp`;
    assert.equal((await w.call({ method: 'POST', path, headers: w.byHeader(root) })).status, 204);
    const page = await follow(anna.email, 2);
    const chosen = newPassword();
    const press = page.getByRole('button', { name: 'Set password' });
    await page.getByLabel('New password').fill('short');
    await press.click();
    await page.getByText('at least').waitFor();
    await page.getByLabel('New password').fill(chosen);
    await press.click();
    await page.getByRole('status').waitFor();
    await w.again({ login: anna.login, password: chosen });
    await page.context().close();
  });

  it('an invitation is taken up by somebody new, and by somebody who has an account', async () => {
    const ada = await w.person();
    const headers = w.byHeader(ada);
    const site = await w.call({ method: 'POST', path: '/api/v1/sites', headers, json: { name: 'Works' } });
    const path = `/api/v1/sites/${site.json.id}/invitations`;
    const invite = async (invitee_email: string) => {
      const json = { invitee_email, role: 'manager' };
      assert.equal((await w.call({ method: 'POST', path, headers, json })).status, 200);
    };
    const rolesOf = async (login: string) => {
      const { id } = (await w.app.context.read.accounts.findByLogin(login))!;
      return (await w.app.context.read.roles.find(id)).roles;
    };
    const email = newAddress();
    await invite(email);
    const page = await follow(email, 1);
    const signUp = page.locator('form').first();
    await signUp.getByLabel('Your name').fill('Ben');
    await signUp.getByLabel('E-mail address').fill(email);
    await signUp.getByLabel('Password').fill(newPassword());
    await signUp.getByRole('button').click();
    await page.getByRole('status').waitFor();
    assert.deepEqual(await rolesOf(email), [`${site.json.id}:manager`]);
    await page.context().close();

    const cleo = await w.person();
    const other = newAddress();
    await invite(other);
    const again = await follow(other, 1);
    const signIn = again.locator('form').last();
    await signIn.getByLabel('Login').fill(cleo.login);
    await signIn.getByLabel('Password').fill(cleo.password);
    await signIn.getByRole('button').click();
    await again.getByRole('status').waitFor();
    assert.deepEqual(await rolesOf(cleo.login), [`${site.json.id}:manager`]);
    await again.context().close();
  });

  it('a notice leads to a new password', async () => {
    const anna = await withMail();
    const path = `/api/v1/passwords/${anna.id}/change`;
    const json = { old_password: anna.password, new_password: newPassword() };
    await w.call({ method: 'POST', path, json, headers: w.byHeader(anna) });
    const page = await follow(anna.email, 2);
    assert.equal(await page.getByLabel('Login').inputValue(), anna.login);
    await page.getByRole('button', { name: 'Send the mail' }).click();
    await page.getByRole('status').waitFor();
    assert.equal((await server.mailsTo(anna.email, 3)).at(-1)!.subject, 'Set a new password');
    await page.context().close();
  });
});
