import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail that has arrived. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
  readonly headers: ReadonlyMap<string, string>;
  /** Whether it came over an encrypted connection. */
  readonly secure: boolean;
  readonly user: string | undefined;
  readonly raw: string;
}

/** A real mail server on a free port, which keeps what it gets. */
export interface MailServer {
  readonly port: number;
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** The lines that clients have sent before each mail. It shows the domains of `received` as people read them. */
  readonly commands: readonly string[];
  /** How it answers to a recipient or a mail; by default it takes everything. */
  answer: { readonly to?: number; readonly mail?: number };
  /** Waits until this many mails in all have come for the address, and returns them, oldest first. */
  mailsTo(address: string, count?: number): Promise<ReceivedMail[]>;
  close(): Promise<void>;
}

/** Starts it; on a port that it had before, too. */
export async function startMailServer(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const commands: string[] = [];
  const ignore = () => {};
  const logger = {
    ...{ level: ignore, trace: ignore, info: ignore, warn: ignore, error: ignore, fatal: ignore },
    debug: (_entry: unknown, kind: string, line: string) => kind === 'C:' && commands.push(line),
  };
  const mailServer: { answer: MailServer['answer'] } = { answer: {} };
  const refuse = (code: number | undefined) =>
    code === undefined ? undefined : Object.assign(new Error('refused by the test'), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 100,
    disabledCommands: ['STARTTLS'],
    logger: logger as never,
    ...options,
    onRcptTo: (_address, _session, done) => done(refuse(mailServer.answer.to)),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const failure = refuse(mailServer.answer.mail);
        if (failure !== undefined) return done(failure);
        const raw = Buffer.concat(chunks);
        PostalMime.parse(raw).then((mail) => {
          received.push({
            from: mail.from?.address ?? '',
            to: session.envelope.rcptTo.map(({ address }) => address).join(),
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            html: mail.html ?? '',
            messageId: mail.messageId ?? '',
            headers: new Map(mail.headers.map(({ key, value }) => [key, value])),
            secure: session.secure,
            user: session.user as string | undefined,
            raw: raw.toString(),
          });
          done();
        }, done);
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.server.address() as { port: number };
  return Object.assign(mailServer, {
    port: taken,
    url: `smtp://127.0.0.1:${taken}`,
    received,
    commands,
    async mailsTo(address: string, count = 1) {
      for (let i = 0; i < 400; i++) {
        const mails = received.filter(({ to }) => to === address);
        if (mails.length >= count) return mails;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error(`${count} mails to ${address} did not come: ${received.map(({ to }) => to)}`);
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
      }),
  });
}
