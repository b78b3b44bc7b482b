import { domainToASCII } from 'node:url';
import { createTransport } from 'nodemailer';
import { isLoopback } from '../../kernel/loopback.ts';
import { MailError, type Mailer } from '../../kernel/ports.ts';
import { readSmtpUrl } from '../../kernel/smtp-url.ts';
import { trustFor } from '../../kernel/trust.ts';
import { explainSmtpFailure } from './failure.ts';
import type { Templates } from './templates.ts';

export interface SmtpOptions extends SmtpServer {
  /** `mailbox` or `Name <mailbox>`. */
  readonly from: string;
  readonly templates: Templates;
}

const second = 1000;

/** Which mail server, and whose certificates it may have: see `trustFor`. */
export interface SmtpServer {
  /** `smtp://` or `smtps://`, with credentials where the server wants them. */
  readonly url: string;
  /** The authorities of its certificate, in PEM. */
  readonly ca?: string | undefined;
}

/** How a mail server is spoken to, apart from how long it may take. */
export function connectionTo({ url, ca }: SmtpServer) {
  const { username, hostname } = new URL(url);
  const near = isLoopback(hostname);
  return {
    url: readSmtpUrl(url).url,
    disableFileAccess: true,
    disableUrlAccess: true,
    tls: trustFor(hostname, ca),
    ...(near && { opportunisticTLS: true }),
    ...(username !== '' && !near && { requireTLS: true }),
  };
}

/**
 * Sends mails through a mail server (RFC 5321). Over `smtp://` the connection is encrypted when the server offers
 * STARTTLS (RFC 3207). Credentials only go to another machine over an encrypted connection.
 */
export function createSmtpMailer(options: SmtpOptions): Mailer & { close(): void } {
  const { from, templates } = options;
  const transport = createTransport({
    ...connectionTo(options),
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
      const { subject, text, html } = templates.write(kind, language, { name, ...values }, to);
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

function mailErrorOf(error: unknown): MailError {
  const { failure, reason } = explainSmtpFailure(error);
  return new MailError(
    failure,
    failure === 'unreachable' ? `the mail server cannot be used: ${reason}` : reason,
  );
}
