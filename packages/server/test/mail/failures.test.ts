/** What mail servers do, what comes of the mail, and what an operator reads of it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, it, type TestContext } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { createSmtpMailer, type SmtpServer } from '../../src/adapters/smtp/mailer.ts';
import { probeMailServer } from '../../src/adapters/smtp/probe.ts';
import { loadTemplates } from '../../src/adapters/smtp/templates.ts';
import { MailError } from '../../src/kernel/ports.ts';
import { makeAuthority, makeSelfSigned } from '../support/certificates.ts';
import { startMailServer } from '../support/mail-server.ts';

/** Replies by the word that a command begins with; the greeting is `''`. */
type Replies = Readonly<Record<string, string>>;

const usual: Replies = {
  '': '220 here',
  EHLO: '250 ok',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go',
  '.': '250 ok',
};

/** A mail server that answers by a script. */
async function startScript(t: TestContext, replies: Replies): Promise<string> {
  const script = { ...usual, ...replies };
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.write(`${script['']}\r\n`);
    let inMail = false;
    const lines = createInterface(socket).on('error', () => {});
    lines.on('line', (line) => {
      if (inMail && line !== '.') return;
      const word = line.split(' ')[0]!;
      const reply = script[word] ?? (word === 'QUIT' ? '221 bye' : '502 unknown');
      inMail = word === 'DATA' && reply.startsWith('354');
      socket.write(`${reply}\r\n`);
    });
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** How a mail fails, as the queue notes it: what becomes of it, and the words. */
async function failureOf(server: SmtpServer): Promise<[string, string]> {
  const mailer = createSmtpMailer({
    ...server,
    from: 'no-reply@example.org',
    templates: loadTemplates(undefined),
  });
  const values = { login: 'ann', email: 'ann@example.com', code: 'c', link: 'http://localhost/' };
  const mail = { id: 'm1', kind: 'verify-email', to: 'ann@example.com', name: 'Ann', language: 'en', values };
  try {
    await mailer.send(mail);
    return ['sent', ''];
  } catch (error) {
    assert.ok(error instanceof MailError, String(error));
    assert.doesNotMatch(error.message, /hunter|ann@|secret/);
    return [error.failure, error.message.replace('the mail server cannot be used: ', '')];
  } finally {
    mailer.close();
  }
}

async function probed(server: SmtpServer): Promise<string> {
  return probeMailServer(server, 3000).then(
    () => 'ok',
    (error: Error) => error.message,
  );
}

describe('a reply of the mail server', () => {
  const rows: readonly (readonly [Replies, string, string])[] = [
    [{ '': '554 5.7.1 no secret' }, 'unreachable', 'it does not take the connection (554 5.7.1)'],
    [{ '': '421 busy' }, 'unreachable', 'it does not take the connection (421)'],
    [
      { MAIL: '530 5.7.0 Must issue a STARTTLS command first' },
      'unreachable',
      'it wants an encrypted connection (530 5.7.0)',
    ],
    [{ MAIL: '530 5.7.0 Authentication required' }, 'unreachable', 'it wants credentials (530 5.7.0)'],
    [{ RCPT: '550 5.7.1 Client was not authenticated' }, 'unreachable', 'it wants credentials (550 5.7.1)'],
    [{ MAIL: '553 5.7.1 not owned' }, 'unreachable', 'it refuses the sender, LATCHKEY_MAIL_FROM (553 5.7.1)'],
    [{ MAIL: '451 4.7.1 Greylisted' }, 'later', 'it takes nothing from the sender for now (451 4.7.1)'],
    [{ MAIL: '552 5.3.4 too big' }, 'refused', 'the mail is too big for it (552 5.3.4)'],
    [
      { RCPT: '554 5.7.1 <ann@example.com>: Relay access denied' },
      'later',
      'it does not pass mails on for this machine (no relaying) (554 5.7.1)',
    ],
    [
      { RCPT: '550 relay not permitted' },
      'later',
      'it does not pass mails on for this machine (no relaying) (550)',
    ],
    [
      { RCPT: '450 4.2.0 Greylisted, ann@example.com' },
      'later',
      'it refuses the recipient for now (450 4.2.0)',
    ],
    [{ RCPT: '550 5.1.1 User unknown' }, 'refused', 'it knows no such mailbox (550 5.1.1)'],
    [{ RCPT: '550 No such user' }, 'refused', 'it knows no such mailbox (550)'],
    [{ RCPT: '552 5.2.2 over quota' }, 'refused', 'the mailbox is full (552 5.2.2)'],
    [{ RCPT: '452 4.2.2 over quota' }, 'later', 'the mailbox is full for now (452 4.2.2)'],
    [{ RCPT: '550 5.7.26 policy' }, 'refused', 'it refuses the recipient (550 5.7.26)'],
    [{ DATA: '451 later' }, 'later', 'it refuses the mail for now (451)'],
    [{ '.': '550 5.7.1 spam, hunter2' }, 'refused', 'it refuses the mail (550 5.7.1)'],
    [{ '.': '552 5.3.4 too big' }, 'refused', 'the mail is too big for it (552 5.3.4)'],
    [{ '': 'SSH-2.0-OpenSSH' }, 'unreachable', 'it answers otherwise than a mail server'],
  ];
  for (const [replies, failure, reason] of rows) {
    it(`${Object.values(replies)}: ${failure}`, async (t) => {
      const url = await startScript(t, replies);
      assert.deepEqual(await failureOf({ url }), [failure, reason]);
      if (Object.hasOwn(replies, '')) assert.equal(await probed({ url }), reason);
    });
  }

  it('to credentials is never about the mail', async (t) => {
    const url = await startScript(t, {
      EHLO: '250-ok\r\n250 AUTH PLAIN',
      AUTH: '535 5.7.8 hunter2 is wrong',
    });
    const server = { url: url.replace('//', '//ann:hunter2@') };
    const reason = 'it refuses the credentials (535 5.7.8)';
    assert.deepEqual(await failureOf(server), ['unreachable', reason]);
    assert.equal(await probed(server), reason);
  });
});

describe('a mail server that cannot be spoken to', () => {
  it('because nobody listens, or its name does not resolve', async () => {
    for (const [url, reason] of [
      ['smtp://127.0.0.1:1', /^nobody listens there \(ECONNREFUSED\)$/],
      [
        'smtp://mail.invalid',
        /^its name (does not resolve \(ENOTFOUND\)|cannot be resolved now \(EAI_AGAIN\))$/,
      ],
    ] as const) {
      const [failure, told] = await failureOf({ url });
      assert.equal(failure, 'unreachable');
      assert.match(told, reason);
      assert.match(await probed({ url }), reason);
    }
  });

  it('because the URL has the scheme of another port', async (t) => {
    const plain = (await startScript(t, {})).replace('smtp:', 'smtps:');
    assert.match(
      await probed({ url: plain }),
      /^it does not speak TLS there .*, as a port for smtp:\/\/ \(587\)$/,
    );
    const tls = createTlsServer(makeSelfSigned('IP:127.0.0.1')).listen(0, '127.0.0.1');
    t.after(() => tls.close());
    await once(tls, 'listening');
    const url = `smtp://127.0.0.1:${(tls.address() as AddressInfo).port}`;
    assert.match(await probed({ url }), /^it takes the connection and says nothing, as a port for smtps:/);
  });
});

describe('the certificate of a mail server', () => {
  const authority = makeAuthority();
  const other = makeAuthority();
  const good = authority.issue('DNS:localhost');
  const bad = [
    [
      'expired',
      authority.issue('DNS:localhost', -1),
      authority,
      /^its certificate has expired \(CERT_HAS_EXPIRED\)$/,
    ],
    [
      'for another name',
      authority.issue('DNS:mail.example'),
      authority,
      /^its certificate is for another name/,
    ],
    ['of an unknown authority', good, other, /^its certificate is from an authority that is not known here/],
    ['signed by itself', makeSelfSigned('DNS:localhost'), other, /^its certificate is signed by itself/],
  ] as const;
  for (const scheme of ['smtp', 'smtps'] as const) {
    const start = async (t: TestContext, certificate: object) => {
      const secure = scheme === 'smtps';
      const server = await startMailServer({ disabledCommands: [], secure, ...certificate });
      t.after(() => server.close());
      return { server, url: `${scheme}://localhost:${server.port}` };
    };

    for (const [what, certificate, { cert: ca }, reason] of bad) {
      it(`${scheme}, ${what}: nothing is sent or lost, and the log says why`, async (t) => {
        const { server, url } = await start(t, certificate);
        const [failure, told] = await failureOf({ url, ca });
        assert.equal(failure, 'unreachable');
        assert.match(told, reason);
        assert.match(await probed({ url, ca }), reason);
        assert.equal(server.received.length, 0);
      });

      it(`${scheme}, ${what}: on this machine nobody is in between, and the mail is sent`, async (t) => {
        const { server, url } = await start(t, certificate);
        assert.deepEqual(await failureOf({ url }), ['sent', '']);
        assert.equal(await probed({ url }), 'ok');
        assert.deepEqual(
          server.received.map(({ secure }) => secure),
          [true],
        );
      });
    }

    it(`${scheme}, of an authority that is set, is good`, async (t) => {
      const { server, url } = await start(t, good);
      assert.deepEqual(await failureOf({ url, ca: `${other.cert}\n${authority.cert}` }), ['sent', '']);
      assert.deepEqual(
        server.received.map(({ secure }) => secure),
        [true],
      );
    });
  }

  it('is no hindrance where a relay on this machine offers what it cannot do', async (t) => {
    const url = await startScript(t, {
      EHLO: '250-ok\r\n250 STARTTLS',
      STARTTLS: '454 4.7.0 TLS not available',
    });
    assert.deepEqual(await failureOf({ url }), ['sent', '']);
  });
});
