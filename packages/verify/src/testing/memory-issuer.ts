import type { Fetch } from '../http/request.ts';
import type { LogEntry } from '../replica/entry.ts';

/** What WhoAmI answers. */
export interface WhoAmIAnswer {
  readonly token: string;
  readonly expiresAt: number;
  readonly userId: number;
  readonly sessionId: string;
}

/** What the issuer knows besides its log. */
export interface MemoryIssuerOptions {
  /** The JWK set. */
  readonly keys: object;
  /** In Unix seconds. */
  readonly now: () => number;
  /** WhoAmI: a token for a session credential; `undefined` if it proves no live session. */
  readonly whoAmI: (credential: string) => WhoAmIAnswer | undefined;
}

type Stream = ReadableStreamDefaultController<Uint8Array>;

/** Answers in memory what a verifier asks of an issuer: the keys, the log with its feed, and WhoAmI. */
export class MemoryIssuer {
  readonly #base: string;
  readonly #options: MemoryIssuerOptions;
  readonly #log: LogEntry[] = [];
  readonly #streams = new Set<Stream>();
  #away = false;

  constructor(base: string, options: MemoryIssuerOptions) {
    this.#base = base;
    this.#options = options;
  }

  /** The position of the last entry. */
  get head(): number {
    return this.#log.length;
  }

  /** Whether the issuer does not answer. */
  get away(): boolean {
    return this.#away;
  }

  set away(away: boolean) {
    this.#away = away;
    if (!away) return;
    for (const stream of this.#streams) stream.error(new TypeError('the issuer is away'));
    this.#streams.clear();
  }

  append(entry: Omit<LogEntry, 'seq'>): void {
    const seq = this.head + 1;
    const entries = [{ seq, ...entry }];
    this.#log.push(...entries);
    this.#send(this.#streams, 'entries', { entries }, seq);
  }

  beat(): void {
    this.#send(this.#streams, 'heartbeat', {});
  }

  readonly fetch: Fetch = async (input, init) => {
    if (this.#away) throw new TypeError('the issuer is away');
    const url = String(input);
    if (url === `${this.#base}/.well-known/jwks.json`) return Response.json(this.#options.keys);
    if (url === `${this.#base}/auth/revocations` && (init?.method ?? 'GET') === 'GET') return this.#follow();
    if (url === `${this.#base}/auth/who-am-i`) return this.#whoAmI(new Headers(init?.headers));
    return new Response(null, { status: 404 });
  };

  #whoAmI(headers: Headers): Response {
    const answer = this.#options.whoAmI(headers.get('x-session-id') ?? '');
    return answer ? Response.json(answer) : Response.json({ code: 'INVALID_CREDENTIALS' }, { status: 401 });
  }

  #follow(): Response {
    let own: Stream;
    const body = new ReadableStream<Uint8Array>({
      start: (stream) => {
        own = stream;
        this.#streams.add(stream);
        const { head } = this;
        this.#send([stream], 'snapshot', { from: 0, position: head, entries: this.#log }, head);
      },
      cancel: () => void this.#streams.delete(own),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  #send(streams: Iterable<Stream>, event: string, data: object, id?: number): void {
    const message = JSON.stringify({ ...data, head: this.head, time: this.#options.now() });
    const text = `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${message}\n\n`;
    for (const stream of streams) stream.enqueue(new TextEncoder().encode(text));
  }
}
