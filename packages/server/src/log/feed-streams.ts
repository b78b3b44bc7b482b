import type { Context } from '../kernel/context.ts';
import { unixSeconds } from '../kernel/time.ts';
import type { Entry } from './entry.ts';
import { entriesText } from './entry-json.ts';
import type { LogHub } from './log-hub.ts';
import { readFeedText } from './read-feed.ts';

/** Where a stream is written to. */
export interface Sink {
  /** Bytes that the reader has not taken yet. */
  readonly waiting: number;
  write(text: string): void;
  /** Resolves when the reader has taken nearly all, or is gone. */
  drained(): Promise<void>;
  end(): void;
}

/** Who opens a stream. */
export interface FeedReader {
  readonly service: string;
  readonly keyHash: string;
  /** Its own id; absent for a reader that reports nothing. */
  readonly id: string | undefined;
  /** Milliseconds for which it decides by itself without contact. */
  readonly staleness: number;
  /** The log that its position is in; absent for a reader that does not say. */
  readonly log: string | undefined;
}

/** Where it is noted who follows the log: resolves when others can know, with how to note the end. */
export interface ReaderRegistry {
  open(
    service: string,
    reader: {
      readonly id: string | undefined;
      readonly staleness: number;
      readonly after: number | undefined;
    },
  ): Promise<() => void>;
  /** Forgets all readers of a service that was removed. */
  remove(service: string): void;
}

interface Stream {
  readonly sink: Sink;
  readonly service: string;
  readonly keyHash: string;
  /** Which of the turns of heartbeats it has its own in. */
  readonly turn: number;
  position: number;
  open: boolean;
  /** Notes that it has ended. */
  leave?: () => void;
}

const heartbeatTime = 2000;
/** Heartbeats are spread over so many turns: a thousand at once would keep an entry waiting. */
const turns = 10;
/** A reader that leaves more than this lying is cut; it resumes where it was. */
const maxWaiting = 1 << 20;

/** The open streams of the feed: each gets the whole log after its position, then what comes, and heartbeats. */
export class FeedStreams {
  readonly #ctx: Context;
  readonly #hub: LogHub;
  readonly #all = new Set<Stream>();
  /** Those that have caught up with the hub and are given what it hands on. */
  readonly #live = new Set<Stream>();
  readonly #unfollow: () => void;
  readonly #timer: NodeJS.Timeout;
  readonly #registry: ReaderRegistry;
  #opened = 0;
  #turn = 0;
  readonly #due = new Set<number>();
  #beating = false;
  /** Whether the store did not answer the last time. */
  #silent = false;

  constructor(ctx: Context, hub: LogHub, registry: ReaderRegistry) {
    this.#ctx = ctx;
    this.#hub = hub;
    this.#registry = registry;
    this.#unfollow = hub.follow({
      entries: (entries) => this.#broadcast(entries),
      asked: (position) => this.#ask(position),
      replaced: () => {
        for (const stream of this.#all) this.#end(stream);
      },
    });
    this.#timer = setInterval(() => void this.#heartbeat(), heartbeatTime / turns).unref();
  }

  /** How many are open. */
  get size(): number {
    return this.#all.size;
  }

  /** Opens a stream; returns how to end it. Ends it by itself when the reader is too slow or its key is removed. */
  open(sink: Sink, reader: FeedReader, resume: number | undefined): () => void {
    const after = reader.log === undefined || reader.log === this.#hub.log ? resume : undefined;
    const stream: Stream = {
      sink,
      service: reader.service,
      keyHash: reader.keyHash,
      turn: this.#opened++ % turns,
      position: after ?? 0,
      open: true,
    };
    this.#all.add(stream);
    this.#begin(stream, reader, after).catch((error: unknown) => {
      this.#ctx.logger.warn({ err: error }, 'a feed stream was cut');
      this.#end(stream);
    });
    return () => this.#end(stream);
  }

  close(): void {
    clearInterval(this.#timer);
    this.#unfollow();
    for (const stream of this.#all) this.#end(stream);
  }

  async #begin(stream: Stream, reader: FeedReader, after: number | undefined): Promise<void> {
    // Known before it is told anything: whoever waits for all verifiers counts every one that could be up to date.
    stream.leave = await this.#registry.open(reader.service, { ...reader, after });
    if (!stream.open) return stream.leave();
    let page = await readFeedText(this.#ctx, after);
    for (;;) {
      if (!stream.open) return;
      const { snapshot, from, position, head, time, log, entries } = page;
      if (snapshot) write(stream, 'snapshot', { from, position, head, time, log }, position, entries);
      else if (entries !== '') write(stream, 'entries', { head, time }, position, entries);
      stream.position = position;
      // Nothing is awaited between this comparison and joining, so no entry falls between the two.
      if (position >= this.#hub.position) break;
      await stream.sink.drained();
      page = await readFeedText(this.#ctx, position);
    }
    if (page.snapshot === false && page.entries === '') this.#beat(stream, page.head, page.time);
    this.#live.add(stream);
  }

  /** Asks every reader to say when it has applied the position. */
  #ask(position: number): void {
    const time = unixSeconds(this.#ctx.clock.now());
    for (const stream of this.#live) this.#beat(stream, position, time);
  }

  #broadcast(entries: readonly Entry[]): void {
    const first = entries[0]!.seq;
    const last = entries.at(-1)!.seq;
    const time = unixSeconds(this.#ctx.clock.now());
    const text = (part: readonly Entry[]) => event('entries', { head: last, time }, last, entriesText(part));
    const whole = text(entries);
    for (const stream of this.#live) {
      if (stream.position >= last) continue;
      // A stream that read ahead of the hub while it caught up has the beginning already.
      stream.sink.write(stream.position < first ? whole : text(entries.slice(stream.position - first + 1)));
      stream.position = last;
      if (stream.sink.waiting > maxWaiting) this.#end(stream);
    }
  }

  async #heartbeat(): Promise<void> {
    this.#turn = (this.#turn + 1) % turns;
    this.#due.add(this.#turn);
    if (this.#beating) return;
    this.#beating = true;
    // Where the store is slow, turns fall due meanwhile: they are served together.
    while (this.#due.size > 0) {
      const streams = [...this.#all].filter(({ turn }) => this.#due.has(turn));
      this.#due.clear();
      if (streams.length > 0) await this.#beatAll(streams);
    }
    this.#beating = false;
  }

  /** Says that the log was read just now and where it stands; when it cannot be read nothing is said, and verifiers notice. */
  async #beatAll(streams: readonly Stream[]): Promise<void> {
    try {
      const { head } = await this.#ctx.read.log.state();
      const time = unixSeconds(this.#ctx.clock.now());
      await this.#cutRemovedServices(streams);
      for (const stream of streams) {
        if (!this.#live.has(stream)) continue;
        this.#beat(stream, head, time);
        if (stream.sink.waiting > maxWaiting) this.#end(stream);
      }
      if (head > this.#hub.position) this.#hub.wake();
      this.#silent = false;
    } catch (error) {
      if (!this.#silent) this.#ctx.logger.warn({ err: error }, 'no heartbeats: the store does not answer');
      this.#silent = true;
    }
  }

  async #cutRemovedServices(streams: readonly Stream[]): Promise<void> {
    for (const keyHash of new Set(streams.map((stream) => stream.keyHash))) {
      if ((await this.#ctx.read.services.findByKeyHash(keyHash)) !== undefined) continue;
      for (const stream of this.#all) {
        if (stream.keyHash !== keyHash) continue;
        this.#end(stream);
        this.#registry.remove(stream.service);
      }
    }
  }

  #beat(stream: Stream, head: number, time: number): void {
    const { log, asked: confirm } = this.#hub;
    stream.sink.write(event('heartbeat', { head, time, log, confirm }));
  }

  #end(stream: Stream): void {
    if (!stream.open) return;
    stream.open = false;
    this.#all.delete(stream);
    this.#live.delete(stream);
    stream.leave?.();
    stream.sink.end();
  }
}

function write(stream: Stream, name: string, data: object, id: number, entries: string): void {
  stream.sink.write(event(name, data, id, entries));
}

/** One event of a stream (HTML, 9.2). The texts of entries become a member of its data. */
function event(name: string, data: object, id?: number, entries?: string): string {
  const head = `event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: `;
  const text = JSON.stringify(data);
  if (entries === undefined) return `${head}${text}\n\n`;
  return `${head}${text.slice(0, -1)},"entries":[${entries}]}\n\n`;
}
