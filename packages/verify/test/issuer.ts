import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LogEntry, Subject } from '../src/internal.ts';
import { mint, newKey, newSession, type Session, type SigningKey } from './mint.ts';

export const serviceKey = 'service-key-of-the-tests';

/** A real HTTP server with the part of the protocol that a verifier needs. It can be made to fail. */
export class Issuer {
  readonly key: SigningKey = newKey('key-1');
  jwks: unknown = { keys: [this.key.jwk] };
  log: LogEntry[] = [];
  from = 0;
  /** The name of the log, if the issuer gives one. */
  logName: string | undefined;
  feedHeaders: Readonly<Record<string, string>> = {};
  heartbeatEvery = 50;
  /** Heartbeats sent so far. */
  beats = 0;
  /** Handlers in place of the usual ones, by path. */
  readonly overrides = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>();
  readonly requests: IncomingMessage[] = [];
  /** The claims of live sessions, by credential; WhoAmI gives them tokens. */
  readonly live = new Map<string, Record<string, unknown>>();
  readonly #server = createServer((request, response) => this.#handle(request, response));
  readonly #streams = new Set<ServerResponse>();
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get head(): number {
    return this.log.at(-1)?.seq ?? this.from;
  }

  get streams(): number {
    return this.#streams.size;
  }

  /** The number of open connections, with idle ones. */
  connections(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
    });
  }

  /** Listens, on the same port as before after a `stop`. */
  async start(): Promise<this> {
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  session(claims: Record<string, unknown> = {}): Session & { token: string } {
    const session = newSession();
    this.live.set(session.credential, claims);
    return { ...session, token: mint(this.key, session, this.url, { rev: this.head, ...claims }) };
  }

  /** Adds an entry to the log and sends it to the open streams. */
  append(
    subject: Subject,
    action: LogEntry['action'] = 'reject',
    lifetime = 390,
    rest: Partial<LogEntry> = {},
  ): LogEntry {
    const at = this.now();
    const own = { seq: this.head + 1, at, subject, action, reason: 'signout', expiresAt: at + lifetime };
    const entry = { ...own, ...rest };
    this.log.push(entry);
    this.sendEntries([entry]);
    return entry;
  }

  sendEntries(entries: readonly LogEntry[]): void {
    const { head, logName: log } = this;
    this.send('entries', { entries, head, time: this.now(), log }, entries.at(-1)?.seq);
  }

  send(event: string, data: unknown, id?: number): void {
    for (const stream of this.#streams) write(stream, event, data, id);
  }

  /** Sends it as one piece, whatever it is. */
  sendText(text: string): void {
    for (const stream of this.#streams) stream.write(text);
  }

  cut(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  now(): number {
    return Math.floor(Date.now() / 1000);
  }

  paths(path: string): number {
    return this.requests.filter(({ url }) => url === path).length;
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    this.requests.push(request);
    const path = request.url ?? '';
    const override = this.overrides.get(path);
    if (override !== undefined) override(request, response);
    else if (path === '/.well-known/jwks.json') json(response, 200, this.jwks);
    else if (path === '/auth/who-am-i') this.whoAmI(request, response);
    else if (path !== '/auth/revocations') json(response, 404, {});
    else if (request.headers.authorization === `Bearer ${serviceKey}`) this.#feed(request, response);
    else json(response, 401, { code: 'INVALID_CREDENTIALS' });
  }

  whoAmI({ headers, method }: IncomingMessage, response: ServerResponse): void {
    const credential = String(headers['x-session-id']);
    const claims = this.live.get(credential);
    if (method !== 'POST' || headers.authorization !== `Bearer ${serviceKey}`) {
      json(response, 403, { code: 'NO_PERMISSIONS' });
    } else if (claims === undefined) json(response, 401, { code: 'INVALID_CREDENTIALS' });
    else {
      const [iat, jti] = [this.now(), randomBytes(16).toString('base64url')];
      const fresh = { iat, exp: iat + 300, jti, rev: this.head, ...claims };
      const session = { id: credential.slice(0, 22), credential };
      json(response, 200, { token: mint(this.key, session, this.url, fresh) });
    }
  }

  #feed(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', ...this.feedHeaders });
    this.#streams.add(response);
    const last = request.headers['last-event-id'];
    const after = Number(last);
    const { head, logName: log } = this;
    const time = this.now();
    const other = request.headers['latchkey-log'] !== log;
    if (last === undefined || after < this.from || after > head || other) {
      write(
        response,
        'snapshot',
        { from: this.from, position: head, head, time, log, entries: this.log },
        head,
      );
    } else {
      const entries = this.log.filter(({ seq }) => seq > after);
      if (entries.length > 0) write(response, 'entries', { entries, head, time, log }, head);
      else write(response, 'heartbeat', { head, time, log });
    }
    const beat = setInterval(() => {
      this.beats += 1;
      write(response, 'heartbeat', { head: this.head, time: this.now(), log: this.logName });
    }, this.heartbeatEvery);
    response.on('close', () => {
      clearInterval(beat);
      this.#streams.delete(response);
    });
  }
}

export function json(response: ServerResponse, status: number, body: unknown): void {
  const type = `application/${status < 400 ? '' : 'problem+'}json`;
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

function write(stream: ServerResponse, event: string, data: unknown, id?: number): void {
  stream.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** Waits until `condition` holds; fails after two seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 2_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`never came true: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
