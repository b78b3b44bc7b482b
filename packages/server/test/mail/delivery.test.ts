import assert from 'node:assert/strict';
import { after, before, describe, it, type TestContext } from 'node:test';
import { createSmtpMailer } from '../../src/adapters/smtp/mailer.ts';
import { loadTemplates } from '../../src/adapters/smtp/templates.ts';
import { findFreePort } from '../../src/app/find-free-port.ts';
import { deliverMails } from '../../src/identity/mails/deliver-mails.ts';
import { MailLoop } from '../../src/identity/mails/mail-loop.ts';
import { queueMail } from '../../src/identity/mails/queue-mail.ts';
import { retryMail } from '../../src/identity/mails/retry-mail.ts';
import { makeAuthority } from '../support/certificates.ts';
import { type MailServer, startMailServer } from '../support/mail-server.ts';
import { newAddress, newLogin, newPassword, openWorld, type World } from '../support/world.ts';

const page = { skip: 0, take: 100, total: false };

for (const engine of ['sqlite', 'postgres'] as const) {
  describe(`mail, on ${engine}`, () => {
    let server: MailServer;
    let w: World;
    before(async () => {
      server = await startMailServer();
      const env = { LATCHKEY_SMTP_URL: server.url, LATCHKEY_MAIL_FROM: 'Latchkey <no-reply@example.org>' };
      w = await openWorld({ engine, env });
    });
    after(async () => {
      await w.close();
      await server.close();
    });

    it('arrives in the language of the account, as text and as HTML in which nothing is markup', async () => {
      const email = newAddress();
      await w.person({ name: 'Änne <b>&"B"', login: newLogin(), email, language: 'de-AT' });
      const [mail] = await server.mailsTo(email);
      assert.equal(mail!.from, 'no-reply@example.org');
      assert.equal(mail!.subject, 'Bestätigen Sie Ihre E-Mail-Adresse');
      assert.match(mail!.text, /Guten Tag Änne <b>&"B",/);
      assert.match(mail!.html, /Guten Tag Änne &#60;b&#62;&#38;&#34;B&#34;,/);
      assert.ok(!mail!.html.includes('<b>'));
      assert.equal(mail!.headers.get('auto-submitted'), 'auto-generated');
      const link = /http\S+/.exec(mail!.text)![0];
      assert.ok(mail!.html.includes(link.replaceAll('&', '&#38;').replaceAll("'", '&#39;')));
    });

    it('goes to the domain in ASCII, whichever way the address was written', async () => {
      const name = newLogin();
      const { id } = await w.person({ login: name, email: `${name}@BÜCHER.example` });
      const [mail] = await server.mailsTo(`${name}@bücher.example`);
      const line = `RCPT TO:<${name}@xn--bcher-kva.example>`;
      assert.ok(server.commands.includes(line), server.commands.join());
      assert.match(mail!.raw, new RegExp(`^To: .*<${name}@xn--bcher-kva\\.example>`, 'm'));
      const { email } = (await w.app.context.read.emailSettings.find(id))!;
      assert.equal(email, `${name}@xn--bcher-kva.example`);
    });

    it('is in English where there are no words in the language', async () => {
      const email = newAddress();
      await w.person({ login: newLogin(), email, language: 'fi' });
      assert.equal((await server.mailsTo(email))[0]!.subject, 'Confirm your e-mail address');
    });

    it('whose code was followed does what it says', async () => {
      const email = newAddress();
      const { id, password } = await w.person({ login: newLogin(), email });
      const link = /http\S+/.exec((await server.mailsTo(email))[0]!.text)![0];
      const json = { ...Object.fromEntries(new URLSearchParams(new URL(link).hash.slice(1))), password };
      assert.equal(
        (await w.call({ method: 'POST', path: '/api/v1/email_settings/verify', json })).status,
        204,
      );
      assert.equal((await w.app.context.read.emailSettings.find(id))!.verified, true);
    });

    it('is sent once, and what it said is forgotten', async (t) => {
      const email = newAddress();
      const { id } = await w.person({ login: newLogin(), email });
      await server.mailsTo(email);
      const find = async () =>
        (await w.app.context.read.mails.list({}, page)).data.find(({ accountId }) => accountId === id)!;
      while ((await find()).status !== 'sent') await new Promise((resolve) => setTimeout(resolve, 10));
      const mail = await find();
      assert.equal(mail.sealed, undefined);
      assert.ok(mail.sentTime! >= mail.createTime);
      w.clock.move(3600_000);
      await Promise.all([1, 2, 3].map(() => deliverMails(w.app.context, mailerTo(server.url, t))));
      assert.equal((await server.mailsTo(email)).length, 1);
    });

    it('nobody is mailed for a sign-up that was refused', async () => {
      const email = newAddress();
      await w.call({
        method: 'POST',
        path: '/api/v1/signup',
        json: { name: 'Ann', email, password: 'short' },
      });
      const taken = await w.person();
      await w.call({
        method: 'POST',
        path: '/api/v1/signup',
        json: { name: 'Ann', login: taken.login, email, password: newPassword() },
      });
      assert.equal(
        (await w.app.context.read.mails.list({ status: 'waiting' }, page)).data.length,
        0,
        'nothing waits',
      );
      assert.ok(!server.received.some(({ to }) => to === email));
    });
  });
}

/** A mailer that is closed when the test ends: a mail server that closes waits half a minute for connections. */
function mailerTo(url: string, t: TestContext, from = 'no-reply@example.org') {
  const mailer = createSmtpMailer({ url, from, templates: loadTemplates(undefined) });
  t.after(() => mailer.close());
  return mailer;
}

describe('a mail server', () => {
  it('gets a sender with an international domain in ASCII', async (t) => {
    const server = await startMailServer();
    t.after(() => server.close());
    const mailer = mailerTo(server.url, t, 'Löwe <no-reply@bücher.example>');
    const values = { login: 'ann', email: 'ann@example.com', code: 'c', link: 'http://localhost/' };
    const mail = {
      id: 'm1',
      kind: 'verify-email',
      to: 'ann@example.com',
      name: 'Ann',
      language: 'en',
      values,
    };
    await mailer.send(mail as Parameters<typeof mailer.send>[0]);
    assert.ok(server.commands.includes('MAIL FROM:<no-reply@xn--bcher-kva.example>'));
    assert.equal(server.received[0]!.messageId, '<m1@xn--bcher-kva.example>');
    const [headers] = server.received[0]!.raw.split('\r\n\r\n');
    assert.match(headers!, /^[\0-\x7f]*$/);
  });

  it('that is down fails no request, and gets the mails when it is back', async (t) => {
    const port = await findFreePort('127.0.0.1');
    const w = await openWorld({ env: { LATCHKEY_SMTP_URL: `smtp://127.0.0.1:${port}` } });
    t.after(() => w.close());
    const email = newAddress();
    await w.person({ login: newLogin(), email });
    const { context } = w.app;
    const tried = async () => (await context.read.mails.list({ status: 'waiting' }, page)).data[0];
    while ((await tried())?.attempts !== 1) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.match((await tried())!.failure!, /ECONNREFUSED|ESOCKET|ECONNECTION/);
    const server = await startMailServer({}, port);
    t.after(() => server.close());
    w.clock.move(40_000);
    assert.equal((await server.mailsTo(email)).length, 1);
  });

  const waiting = async (t: TestContext, answer: MailServer['answer']) => {
    const server = await startMailServer();
    server.answer = answer;
    const w = await openWorld();
    const mailer = mailerTo(server.url, t);
    t.after(async () => {
      await w.close();
      await server.close();
    });
    const email = newAddress();
    await w.person({ login: newLogin(), email });
    const find = async () => (await w.app.context.read.mails.list({}, page)).data[0]!;
    return { server, w, email, mailer, find, deliver: () => deliverMails(w.app.context, mailer) };
  };

  it('that refuses a recipient for good has the mail parked, and the next mail goes out', async (t) => {
    const { server, w, find, deliver } = await waiting(t, { to: 550 });
    await deliver();
    const parked = await find();
    assert.equal(parked.status, 'parked');
    assert.match(parked.failure!, /550/);
    server.answer = {};
    const next = newAddress();
    await w.person({ login: newLogin(), email: next });
    w.clock.move(24 * 3600_000 - 60_000);
    assert.deepEqual(await deliver(), { sent: 1, more: false, unreachable: false });
    assert.deepEqual(
      server.received.map(({ to }) => to),
      [next],
    );
    await retryMail(w.app.context, { id: parked.id });
    assert.equal((await deliver()).sent, 1);
  });

  it('that refuses for now is asked again, by and by less often, and then left alone', async (t) => {
    const { server, w, email, find, deliver } = await waiting(t, { mail: 451 });
    // What the mail offers would expire first.
    const account = (await w.app.context.read.mails.list({}, page)).data[0]!.accountId!;
    await w.app.context.transaction(async (tx) => {
      await tx.mails.removeOf(account);
      await queueMail(w.app.context, tx, {
        kind: 'password-changed',
        accountId: account,
        to: email,
        proven: true,
        name: 'Ann',
        language: 'en',
        values: { login: 'ann', time: 'now', link: 'http://localhost/recover' },
      });
    });
    const waits: number[] = [];
    for (let i = 0; i < 20; i++) {
      await deliver();
      const { status, nextTime } = await find();
      if (status === 'parked') break;
      waits.push(nextTime - w.clock.now());
      assert.equal((await deliver()).sent, 0, 'not before its time');
      w.clock.move(nextTime - w.clock.now() + 1);
    }
    assert.equal(waits.length, 11);
    assert.ok(waits[0]! > 20_000 && waits[0]! < 40_000, String(waits[0]));
    for (const [i, wait] of waits.entries()) {
      const base = Math.min(3600_000, 30_000 * 2 ** i);
      assert.ok(wait >= base * 0.74 && wait <= base * 1.26, `${i}: ${wait}`);
    }
    assert.equal((await find()).status, 'parked');
    assert.equal(server.received.length, 0);
  });

  it('is not given a mail whose code has expired', async (t) => {
    const { server, w, find, deliver } = await waiting(t, {});
    w.clock.move(24 * 3600_000);
    await deliver();
    const { status, failure, sealed } = await find();
    assert.deepEqual([status, failure, sealed], ['parked', 'expired', undefined]);
    assert.equal(server.received.length, 0);
  });

  it('gets a mail again under the same name when its sender died before noting it', async (t) => {
    const { server, w, email, mailer, deliver } = await waiting(t, {});
    const { context } = w.app;
    const dying = {
      ...context,
      transaction: (work: Parameters<typeof context.transaction>[0]) =>
        server.received.length > 0 ? Promise.reject(new Error('killed')) : context.transaction(work),
    } as typeof context;
    await assert.rejects(deliverMails(dying, mailer), /killed/);
    assert.equal((await deliver()).sent, 0, 'it may still be on its way');
    w.clock.move(5 * 60_000);
    assert.equal((await deliver()).sent, 1);
    const [first, second] = await server.mailsTo(email, 2);
    assert.equal(first!.messageId, second!.messageId);
  });

  it('is spoken to in the clear only where it offers nothing better, and given the credentials', async (t) => {
    const users: string[] = [];
    const server = await startMailServer({
      disabledCommands: [],
      authOptional: false,
      onAuth: ({ username = '', password }, _session, done) => {
        users.push(`${username}:${password}`);
        done(null, { user: username });
      },
    });
    const w = await openWorld({
      env: {
        LATCHKEY_SMTP_URL: `smtp://ada%40example.com:s%2Fecret@127.0.0.1:${server.port}?tls.rejectUnauthorized=false`,
      },
    });
    t.after(async () => {
      await w.close();
      await server.close();
    });
    const email = newAddress();
    await w.person({ login: newLogin(), email });
    const [mail] = await server.mailsTo(email);
    assert.equal(mail!.secure, true);
    assert.equal(mail!.user, 'ada@example.com');
    assert.ok(users.includes('ada@example.com:s/ecret'));
  });

  it('whose certificate is not known gets nothing, and all that waited once the settings are right', async (t) => {
    const [known, other] = [makeAuthority(), makeAuthority()];
    const server = await startMailServer({ disabledCommands: [], ...known.issue('DNS:localhost') });
    const w = await openWorld();
    t.after(async () => {
      await w.close();
      await server.close();
    });
    const { context } = w.app;
    const url = `smtp://localhost:${server.port}`;
    const list = async () => (await context.read.mails.list({}, page)).data;
    const loopWith = (ca: string) => {
      const mailer = createSmtpMailer({
        url,
        ca,
        from: 'no-reply@example.org',
        templates: loadTemplates(undefined),
      });
      const loop = new MailLoop(mailer);
      loop.start(context);
      return async () => {
        await loop.close();
        mailer.close();
      };
    };
    const emails = [newAddress(), newAddress()];
    for (const email of emails) await w.person({ login: newLogin(), email });
    const stop = loopWith(other.cert);
    while ((await list()).some(({ attempts }) => attempts === 0))
      await new Promise((resolve) => setTimeout(resolve, 10));
    await stop();
    for (const { status, failure = '', nextTime } of await list()) {
      assert.equal(status, 'waiting');
      assert.match(
        failure,
        /^the mail server cannot be used: its certificate is from an authority that is not known/,
      );
      assert.ok(nextTime > w.clock.now() + 20_000);
    }
    const stopAgain = loopWith(known.cert);
    t.after(stopAgain);
    for (const email of emails) assert.equal((await server.mailsTo(email)).length, 1);
  });

  it('that can be used again gets at once what has waited', async (t) => {
    const port = await findFreePort('127.0.0.1');
    const w = await openWorld({ env: { LATCHKEY_SMTP_URL: `smtp://127.0.0.1:${port}` } });
    t.after(() => w.close());
    const { context } = w.app;
    const [first, second] = [newAddress(), newAddress()];
    for (const email of [first, second]) await w.person({ login: newLogin(), email });
    const waiting = async () => (await context.read.mails.list({ status: 'waiting' }, page)).data;
    const tried = async () => (await waiting()).filter(({ attempts }) => attempts > 0).length;
    while ((await tried()) < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    await context.transaction(async (tx) => {
      const [later] = await waiting();
      await tx.mails.put({ ...later!, nextTime: w.clock.now() + 3600_000 });
    });
    const server = await startMailServer({}, port);
    t.after(() => server.close());
    w.clock.move(40_000);
    for (const email of [first, second]) assert.equal((await server.mailsTo(email)).length, 1);
  });
});
