import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { freePort } from '../../scripts/free-port.ts';

/** A mail as a person reads it. */
export interface ReadMail {
  readonly subject: string;
  readonly text: string;
  /** The first link in it, and the parameters behind its `#`. */
  readonly link?: string;
  readonly given: Readonly<Record<string, string>>;
}

/** A real mail server that takes mail for any address. */
export interface MailServer {
  readonly url: string;
  /** The next unread mail to the address. Waits for it, ten seconds at most. */
  next(address: string): Promise<ReadMail>;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const boxes = new Map<string, ReadMail[]>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          for (const { address } of session.envelope.rcptTo) {
            boxes.set(address, [...(boxes.get(address) ?? []), read(mail.subject ?? '', mail.text ?? '')]);
          }
          done();
        }, done);
      });
    },
  });
  const port = await freePort();
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `smtp://127.0.0.1:${port}`,
    async next(address) {
      for (let tries = 0; tries < 500; tries += 1) {
        const mail = boxes.get(address)?.shift();
        if (mail !== undefined) return mail;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`no mail came to ${address}`);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

function read(subject: string, text: string): ReadMail {
  const link = /https?:\/\/\S+/.exec(text)?.[0];
  const given = Object.fromEntries(new URLSearchParams(link?.split('#')[1]));
  return link === undefined ? { subject, text, given } : { subject, text, link, given };
}
