import { domainToASCII } from 'node:url';
import { createTransport } from 'nodemailer';
import { MailError, type Mailer } from '../../kernel/ports.ts';
import type { Templates } from './templates.ts';

export interface SmtpOptions {
  /** `smtp://` or `smtps://`, with credentials where the server wants them. */
  readonly url: string;
  /** `mailbox` or `Name <mailbox>`. */
  readonly from: string;
  readonly templates: Templates;
}

const second = 1000;

/** How a mail server is spoken to, apart from how long it may take. */
export function connectionTo(url: string) {
  const { username, hostname } = new URL(url);
  const far = !/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  return {
    url,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(username !== '' && far && { requireTLS: true }),
  };
}

/**
 * Sends mails through a mail server (RFC 5321). Over `smtp://` the connection is encrypted when the server offers
 * STARTTLS (RFC 3207). Credentials only go to another machine over an encrypted connection.
 */
export function createSmtpMailer(options: SmtpOptions): Mailer & { close(): void } {
  const { url, from, templates } = options;
  const transport = createTransport({
    ...connectionTo(url),
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10 * second,
    greetingTimeout: 10 * second,
    socketTimeout: 30 * second,
  });
  // A Message-ID is ASCII (RFC 5322, 3.6.4), whichever way the sender's domain is written.
  const domain = domainToASCII(/@([^>]+)/.exec(from)?.[1] ?? '') || 'localhost';
  return {
    async send({ id, kind, to, name, language, values }) {
      const { subject, text, html } = templates.write(kind, language, { name, ...values });
      const message = {
        from,
        to: { name, address: to },
        subject,
        text,
        html,
        messageId: `<${id}@${domain}>`,
        // So that no out-of-office answer comes back (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      };
      try {
        await transport.sendMail(message);
      } catch (error) {
        throw mailErrorOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** A 5xx about this mail is final, a 4xx is not; anything else, wrong credentials too, is about the server. */
function mailErrorOf(error: unknown): MailError {
  const {
    code = 'unknown',
    command = '',
    responseCode,
  } = error as {
    code?: string;
    command?: string;
    responseCode?: number;
  };
  const aboutMail = /^(MAIL|RCPT|DATA)/.test(command) || code === 'EENVELOPE' || code === 'EMESSAGE';
  const reason = [code, command, responseCode].filter((part) => part !== '' && part !== undefined).join(' ');
  if (!aboutMail) return new MailError('unreachable', `no mail server accepted it (${reason})`);
  const refused = responseCode === undefined || responseCode >= 500;
  return new MailError(refused ? 'refused' : 'later', `the mail server refused it (${reason})`);
}
