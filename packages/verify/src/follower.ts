import { Feed } from './feed/feed.ts';
import { Freshness, type Instant } from './feed/freshness.ts';
import type { FeedMessage } from './feed/message.ts';
import type { ResolvedOptions } from './options.ts';
import type { LogEntry } from './replica/entry.ts';
import { Replica } from './replica/replica.ts';
import { SessionSignals } from './session-signals.ts';

/** Seconds of difference between the two clocks from which on a warning is logged. */
const CLOCK_WARNING = 30;

/** The local clocks, in milliseconds; replaced in tests only. */
export interface LocalClocks {
  readonly wall: () => number;
  readonly monotonic: () => number;
}

/** Keeps a replica of the revocation log by the feed, and tells others what arrives. */
export class Follower {
  readonly replica = new Replica();
  readonly freshness = new Freshness();
  readonly signals = new SessionSignals((subject) => this.replica.check(subject));
  readonly #options: ResolvedOptions;
  readonly #clocks: LocalClocks;
  readonly #feed: Feed;
  readonly #onProgress: () => void;
  #refused = false;
  #warnedOfClock = false;

  /** `onProgress` is called after every message that was applied, and when the key is refused. */
  constructor(options: ResolvedOptions, clocks: LocalClocks, onProgress: () => void) {
    this.#options = options;
    this.#clocks = clocks;
    this.#onProgress = onProgress;
    const { base, serviceKey, fetch, logger } = options;
    this.#feed = new Feed({
      url: `${base}/auth/revocations`,
      serviceKey,
      fetch,
      logger,
      position: () => this.replica.position,
      onMessage: (message) => this.#apply(message),
      onRefused: () => {
        this.#refused = true;
        onProgress();
      },
    });
  }

  /** Whether the service key was refused and nothing has come since. */
  get refused(): boolean {
    return this.#refused;
  }

  get connected(): boolean {
    return this.#feed.connected;
  }

  start(): void {
    this.#feed.start();
  }

  close(): void {
    this.#feed.close();
    this.signals.clear();
  }

  #apply(message: FeedMessage): void {
    const at: Instant = { monotonic: this.#clocks.monotonic(), wall: this.#clocks.wall() };
    const seconds = at.monotonic / 1000;
    const before = this.replica.position;
    const news: LogEntry[] = [];
    try {
      if (message.type === 'snapshot') {
        this.replica.applySnapshot(message, seconds);
        // A verifier that has just started has no sessions to end.
        if (before !== undefined)
          for (const entry of message.entries) if (entry.seq > before) news.push(entry);
      } else if (message.type === 'entries') {
        for (const entry of message.entries) if (this.replica.applyEntry(entry, seconds)) news.push(entry);
      }
    } finally {
      // Also before a gap is reported: what was applied up to it counts.
      if (message.type !== 'heartbeat') this.#tell(news, message.type === 'snapshot');
    }
    if (this.replica.position === undefined) return;
    this.freshness.note(message, this.replica.position, at);
    this.replica.sweep({ server: message.time, monotonic: seconds });
    this.#refused = false;
    this.#warnOfClock();
    this.#onProgress();
  }

  #tell(news: readonly LogEntry[], all: boolean): void {
    let review = all ? 'snapshot' : undefined;
    for (const { seq, subject, action, reason } of news) {
      if (action !== 'reject') continue;
      if (!('session' in subject)) {
        review = reason;
        continue;
      }
      this.signals.end(subject.session, reason);
      try {
        this.#options.onSessionEnd({ sessionId: subject.session, reason, seq });
      } catch {
        this.#options.logger.warn('latchkey: onSessionEnd threw');
      }
    }
    if (review !== undefined) this.signals.review(review);
  }

  #warnOfClock(): void {
    const off = Math.abs(this.freshness.clockDifference ?? 0) > CLOCK_WARNING;
    if (off && !this.#warnedOfClock) {
      const seconds = this.freshness.clockDifference;
      this.#options.logger.warn(`latchkey: the issuer's clock is ${seconds} s ahead of this machine's`);
    }
    this.#warnedOfClock = off;
  }
}
