import { isLoopback } from './loopback.ts';

/** The parameters that are of use, by nodemailer's names. */
const known = new Set([
  ...['name', 'localAddress', 'authMethod', 'requireTLS', 'ignoreTLS'],
  ...['tls.servername', 'tls.rejectUnauthorized'],
]);

/** The URL of a mail server as it is used. */
export interface SmtpUrl {
  /** With the parameters that count. */
  readonly url: string;
  /** The names of the others: unknown, or such that credentials would go to another machine unencrypted. */
  readonly passedOver: readonly string[];
}

/** Reads which parameters of an `smtp://` or `smtps://` URL count. */
export function readSmtpUrl(text: string): SmtpUrl {
  const { username, hostname } = new URL(text);
  const mustEncrypt = username !== '' && !isLoopback(hostname);
  const [address = '', query] = text.split(/\?(.*)/s);
  const parameters = new URLSearchParams(query);
  const passedOver = [...parameters].flatMap(([name, value]) => {
    const weakens =
      (name === 'requireTLS' && value !== 'true') || (name === 'ignoreTLS' && value !== 'false');
    return known.has(name) && !(mustEncrypt && weakens) ? [] : name;
  });
  for (const name of passedOver) parameters.delete(name);
  return { url: parameters.size > 0 ? `${address}?${parameters}` : address, passedOver };
}
