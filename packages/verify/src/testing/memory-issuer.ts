import type { Fetch } from '../http/request.ts';
import type { LogEntry } from '../replica/entry.ts';

type Stream = ReadableStreamDefaultController<Uint8Array>;

/** Answers in memory what a verifier asks of an issuer: the keys, and the log with its feed. */
export class MemoryIssuer {
  readonly #base: string;
  readonly #keys: object;
  readonly #now: () => number;
  readonly #log: LogEntry[] = [];
  readonly #streams = new Set<Stream>();
  #away = false;

  /** `now` is in Unix seconds. */
  constructor(base: string, keys: object, now: () => number) {
    this.#base = base;
    this.#keys = keys;
    this.#now = now;
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
    if (url === `${this.#base}/.well-known/jwks.json`) return Response.json(this.#keys);
    if (url === `${this.#base}/auth/revocations` && (init?.method ?? 'GET') === 'GET') return this.#follow();
    return new Response(null, { status: 404 });
  };

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
    const message = JSON.stringify({ ...data, head: this.head, time: this.#now() });
    const text = `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${message}\n\n`;
    for (const stream of streams) stream.enqueue(new TextEncoder().encode(text));
  }
}
