import { createTransport } from 'nodemailer';
import { explainSmtpFailure } from './failure.ts';
import { connectionTo, type SmtpServer } from './mailer.ts';

/**
 * Tries a mail server as the mailer uses it, and sends nothing: connects, greets, encrypts, and signs in where the URL
 * has credentials. Each step may take `timeout` milliseconds. Throws an Error that says in a few words what failed,
 * without anything secret.
 */
export async function probeMailServer(server: SmtpServer, timeout: number): Promise<void> {
  const limits = { connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout };
  const transport = createTransport({ ...connectionTo(server), ...limits, dnsTimeout: timeout });
  try {
    await transport.verify();
  } catch (error) {
    throw new Error(explainSmtpFailure(error).reason, { cause: error });
  } finally {
    transport.close();
  }
}
