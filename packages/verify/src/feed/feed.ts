import { clearTimeout, setTimeout } from 'node:timers';
import { abortable } from '../http/abortable.ts';
import { type Fetch, reasonOf, request } from '../http/request.ts';
import type { Logger } from '../options.ts';
import { type FeedMessage, parseMessage } from './message.ts';
import { SseParser } from './sse-parser.ts';

/** All in milliseconds. The server sends something every 2 s. */
export const feedTimes = { idle: 5_000, retryFirst: 100, retryMost: 1_600, retryRefused: 5_000 };

/** What the feed needs. */
export interface FeedOptions {
  readonly url: string;
  readonly serviceKey: string;
  readonly fetch: Fetch;
  readonly logger: Logger;
  /** More headers for the request that opens the stream. */
  readonly headers: () => Record<string, string>;
  /** A stream was opened. `every` is how often the issuer wants reports, if it said so. */
  readonly onOpen: (every: string | null) => void;
  /** Where to resume, for `Last-Event-ID`; `undefined` asks for a snapshot. */
  readonly position: () => number | undefined;
  /** Applies a message. When it throws, the connection is closed and the feed resumes. */
  readonly onMessage: (message: FeedMessage) => void;
  /** The server refused the service key. */
  readonly onRefused: () => void;
}

const silent = `nothing came for ${feedTimes.idle / 1000} s`;
const neverCame = `${silent}: a gateway in between may hold the stream back`;

class Refused extends Error {}

/** Follows the issuer's revocation feed, and reconnects after every failure, until it is closed. */
export class Feed {
  readonly #options: FeedOptions;
  #closed = false;
  #connected = false;
  #failures = 0;
  #refused = false;
  #failure: string | undefined;
  #connection: AbortController | undefined;
  #wake: (() => void) | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
  }

  /** Whether a stream is open and has brought a message. */
  get connected(): boolean {
    return this.#connected;
  }

  /** Why there is no stream now; undefined while there is one. */
  get failure(): string | undefined {
    return this.#connected ? undefined : this.#failure;
  }

  start(): void {
    void this.#follow();
  }

  close(): void {
    this.#closed = true;
    this.#connection?.abort();
    this.#wake?.();
  }

  async #follow(): Promise<void> {
    while (!this.#closed) {
      let refused = false;
      try {
        await this.#connect();
      } catch (error) {
        refused = error instanceof Refused;
        this.#report(error, refused);
      }
      this.#connected = false;
      if (!this.#closed) await this.#pause(refused);
    }
  }

  async #connect(): Promise<void> {
    const { url, serviceKey, fetch, position, onRefused, onOpen } = this.#options;
    const connection = new AbortController();
    this.#connection = connection;
    // Also ends an attempt to connect: nothing may wait longer than this for a sign of life.
    const silence = () => connection.abort(new Error(this.#connected ? silent : neverCame));
    const watchdog = setTimeout(silence, feedTimes.idle);
    const alive = () => void watchdog.refresh();
    try {
      const headers: Record<string, string> = {
        ...this.#options.headers(),
        accept: 'text/event-stream',
        // A gateway that compresses would hold events back.
        'accept-encoding': 'identity',
        authorization: `Bearer ${serviceKey}`,
      };
      const after = position();
      if (after !== undefined) headers['last-event-id'] = String(after);
      const response = await request(fetch, url, { headers, signal: connection.signal });
      const type = response.headers.get('content-type') ?? '';
      // Gateways that want a password of their own, or see a robot, refuse with no problem document.
      if (response.status === 401 && type.includes('problem+')) {
        onRefused();
        throw new Refused('the service key was refused');
      }
      if (response.status !== 200 || !/^text\/event-stream\s*(;|$)/i.test(type) || response.body === null) {
        throw new Error(`unexpected answer, status ${response.status}`);
      }
      onOpen(response.headers.get('latchkey-report'));
      await this.#read(response.body, alive, connection.signal);
    } finally {
      clearTimeout(watchdog);
      connection.abort();
    }
  }

  async #read(body: ReadableStream<Uint8Array>, alive: () => void, signal: AbortSignal): Promise<void> {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const parser = new SseParser((event) => {
      const message = parseMessage(event);
      if (message === undefined || this.#closed) return;
      this.#options.onMessage(message);
      this.#connected = true;
      this.#failures = 0;
    });
    const reader = body.getReader();
    try {
      for (;;) {
        const { done, value } = await abortable(reader.read(), signal);
        if (done) throw new Error('the stream ended');
        alive();
        parser.push(decoder.decode(value, { stream: true }));
      }
    } finally {
      reader.cancel().catch(() => {});
    }
  }

  // Logged once per outage and kind: a server that is away for an hour gives one line, not thousands.
  #report(error: unknown, refused: boolean): void {
    this.#failure = reasonOf(error);
    this.#failures += 1;
    const news = this.#failures === 1 || refused !== this.#refused;
    this.#refused = refused;
    if (!news || this.#closed) return;
    const next = refused ? 'Make one with `latchkey services add`.' : 'Trying again.';
    this.#options.logger.warn(`latchkey: lost the revocation feed: ${this.#failure}. ${next}`);
  }

  async #pause(refused: boolean): Promise<void> {
    const { retryFirst, retryMost, retryRefused } = feedTimes;
    const delay = refused
      ? retryRefused
      : Math.min(retryMost, retryFirst * 2 ** Math.min(this.#failures - 1, 10));
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay * (0.5 + Math.random() / 2));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
