import { createTransport } from 'nodemailer';
import { connectionTo } from './mailer.ts';

/**
 * Tries a mail server as the mailer uses it, and sends nothing: connects, greets, encrypts, and signs in where the URL
 * has credentials. Each step may take `timeout` milliseconds. Throws an Error that says in a few words what failed,
 * without anything secret.
 */
export async function probeMailServer(url: string, timeout: number): Promise<void> {
  const limits = { connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout };
  const transport = createTransport({ ...connectionTo(url), ...limits, dnsTimeout: timeout });
  try {
    await transport.verify();
  } catch (error) {
    throw new Error(whyNot(error as SmtpFailure), { cause: error });
  } finally {
    transport.close();
  }
}

interface SmtpFailure {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly message: string;
}

function whyNot({ code = 'unknown', command, responseCode, message }: SmtpFailure): string {
  const said = responseCode === undefined ? '' : ` (${responseCode})`;
  if (code === 'EAUTH') return `it refuses the credentials${said}`;
  if (code === 'ETIMEDOUT') return 'it does not answer in time';
  if (code === 'ETLS')
    return 'it does not encrypt the connection, and credentials only go over an encrypted one';
  if (/certificate|wrong version number|SSL/i.test(message))
    return `the connection cannot be encrypted: ${message}`;
  if (command === 'CONN' && responseCode === undefined) return `no connection to it: ${message}`;
  return `it answers otherwise than a mail server${said}: ${code}`;
}
