import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { unixSeconds } from '../kernel/time.ts';
import type { Entry } from './entry.ts';
import { entriesText } from './entry-json.ts';
import { entriesEvent, heartbeatEvent, snapshotEvent } from './feed-events.ts';
import type { FollowerRegistry } from './followers/follower-registry.ts';
import { HeartbeatTurns } from './heartbeat-turns.ts';
import type { LogHub } from './log-hub.ts';
import { readFeedText } from './read-feed.ts';

/** What a stream writes to. */
export interface Sink {
  /** Bytes that the reader has not taken yet. */
  readonly waiting: number;
  write(text: string): void;
  /** Resolves when the reader has taken most of them, or is gone. */
  drained(): Promise<void>;
  end(): void;
}

/** The reader that opens a stream. */
export interface FeedReader {
  readonly service: string;
  readonly keyHash: string;
  /** Its own id. A reader without one reports nothing. */
  readonly id: string | undefined;
  /** Milliseconds for which it may decide without contact. */
  readonly staleness: number;
  /** The log that its position belongs to, if the reader says so. */
  readonly log: string | undefined;
}

/** Keeps track of who follows the log. */
type ReaderRegistry = Pick<FollowerRegistry, 'open' | 'remove'>;

interface Stream {
  readonly sink: Sink;
  readonly service: string;
  readonly id: string | undefined;
  readonly keyHash: string;
  /** The turn in which it gets its heartbeats. */
  readonly turn: number;
  position: number;
  open: boolean;
  /** Tells the registry that it has ended. */
  leave?: () => void;
}

/** A reader that falls behind by more bytes than this is disconnected, and may resume where it was. */
const maxWaiting = 1 << 20;

/** The open streams of the feed. Each gets the log after its position, then new entries and heartbeats. */
export class FeedStreams {
  readonly #ctx: Context;
  readonly #hub: LogHub;
  readonly #all = new Set<Stream>();
  /** Those that have caught up with the hub, and get what it hands on. */
  readonly #live = new Set<Stream>();
  #unfollow: (() => void) | undefined;
  readonly #registry: ReaderRegistry;
  readonly #turns = new HeartbeatTurns((due) => this.#beatTurns(due));
  /** Whether the last heartbeats were left out because the store did not answer. */
  #silent = false;

  /** How many of one service key there may be. */
  readonly #most: number;

  constructor(ctx: Context, hub: LogHub, registry: ReaderRegistry, most: number) {
    this.#most = most;
    this.#ctx = ctx;
    this.#hub = hub;
    this.#registry = registry;
  }

  /** Starts to send new entries and heartbeats. Called once, before a stream is opened. */
  start(): void {
    this.#unfollow = this.#hub.follow({
      entries: (entries) => this.#broadcast(entries),
      asked: (position) => this.#ask(position),
      replaced: () => {
        for (const stream of this.#all) this.#end(stream);
      },
    });
    this.#turns.start();
  }

  /** How many are open. */
  get size(): number {
    return this.#all.size;
  }

  /**
   * Opens a stream, and returns the function that ends it. A reader that is too slow, or loses its key, is cut off; one
   * that opens another stream loses the old one. Throws TOO_MANY_REQUESTS when its key has as many streams as it may.
   */
  open(openSink: () => Sink, reader: FeedReader, resume: number | undefined): () => void {
    this.#makeRoom(reader);
    const after = reader.log === undefined || reader.log === this.#hub.log ? resume : undefined;
    const stream: Stream = {
      sink: openSink(),
      service: reader.service,
      id: reader.id,
      keyHash: reader.keyHash,
      turn: this.#turns.assign(),
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
    this.#turns.close();
    this.#unfollow?.();
    for (const stream of this.#all) this.#end(stream);
  }

  /** A connection that has died without a word is only noticed after minutes: its reader is back before that. */
  #makeRoom({ keyHash, id }: FeedReader): void {
    const same = [...this.#all].filter((stream) => stream.keyHash === keyHash);
    const old = same.filter((stream) => id !== undefined && stream.id === id);
    if (same.length - old.length >= this.#most) {
      const detail = `This service key follows the log ${this.#most} times here, and may not do so once more.`;
      throw new AppError('TOO_MANY_REQUESTS', { detail, retryAfter: 10 });
    }
    for (const stream of old) this.#end(stream);
  }

  async #begin(stream: Stream, reader: FeedReader, after: number | undefined): Promise<void> {
    // Registered before it gets anything: a request that waits for all verifiers must count every one of them.
    stream.leave = await this.#registry.open(reader.service, { ...reader, after });
    if (!stream.open) return stream.leave();
    let page = await readFeedText(this.#ctx, after);
    for (;;) {
      if (!stream.open) return;
      const { snapshot, from, position, head, time, log, entries } = page;
      if (snapshot) {
        stream.sink.write(snapshotEvent({ from, position, head, time, log }, position, entries));
      } else if (entries !== '') stream.sink.write(entriesEvent({ head, time }, position, entries));
      stream.position = position;
      // No await between this comparison and the last line, so no entry is lost in between.
      if (position >= this.#hub.position) break;
      await stream.sink.drained();
      await this.#hub.check();
      page = await readFeedText(this.#ctx, position);
    }
    if (page.snapshot === false && page.entries === '') this.#beat(stream, page.head, page.time);
    this.#live.add(stream);
  }

  /** Asks every reader to confirm the position when it has applied it. */
  #ask(position: number): void {
    const time = unixSeconds(this.#ctx.clock.now());
    for (const stream of this.#live) this.#beat(stream, position, time);
  }

  #broadcast(entries: readonly Entry[]): void {
    const first = entries[0]!.seq;
    const last = entries.at(-1)!.seq;
    const time = unixSeconds(this.#ctx.clock.now());
    const text = (part: readonly Entry[]) => entriesEvent({ head: last, time }, last, entriesText(part));
    const whole = text(entries);
    for (const stream of this.#live) {
      if (stream.position >= last) continue;
      // A stream that read ahead of the hub while it caught up has the first of them already.
      stream.sink.write(stream.position < first ? whole : text(entries.slice(stream.position - first + 1)));
      stream.position = last;
      if (stream.sink.waiting > maxWaiting) this.#end(stream);
    }
  }

  /** Sends heartbeats, which say that the log was just read. If it cannot be read none are sent, and verifiers notice. */
  async #beatTurns(due: ReadonlySet<number>): Promise<void> {
    const streams = [...this.#all].filter(({ turn }) => due.has(turn));
    if (streams.length === 0) return;
    try {
      const { head } = await this.#hub.check();
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
    stream.sink.write(heartbeatEvent({ head, time, log, confirm }));
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
