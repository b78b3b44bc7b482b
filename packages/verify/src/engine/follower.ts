import { Feed } from '../feed/feed.ts';
import { Freshness, type Instant } from '../feed/freshness.ts';
import type { FeedMessage } from '../feed/message.ts';
import type { ResolvedOptions } from '../options.ts';
import type { LogEntry } from '../replica/entry.ts';
import { GapError, Replica } from '../replica/replica.ts';
import { Activity } from './activity.ts';
import { Reporter } from './reporter.ts';
import { SessionSignals } from './session-signals.ts';
import { steadyClock } from './steady-clock.ts';

/** A warning is logged when the two clocks differ by more than this many seconds. */
const clockWarning = 30;

/** The local clocks, in milliseconds. Only tests replace them. */
export interface LocalClocks {
  readonly wall: () => number;
  readonly monotonic: () => number;
}

/** What the follower tells the other parts. */
export interface FollowerEvents {
  /** Called after every message that was applied, and when the service key is refused. */
  readonly onProgress: () => void;
  /** A signing key must not be accepted any more. */
  readonly onKeyRevoked: (kid: string) => void;
  /** The clock was set back: tokens that were good may have expired, or must be renewed. */
  readonly onClockSetBack: () => void;
}

/** Keeps a replica of the revocation log by following the feed, and tells the other parts what arrives. */
export class Follower {
  readonly replica = new Replica();
  readonly freshness = new Freshness();
  readonly signals = new SessionSignals((subject) => this.replica.check(subject));
  readonly activity: Activity;
  readonly feed: Feed;
  readonly #options: ResolvedOptions;
  readonly #clocks: LocalClocks;
  readonly #reporter: Reporter;
  readonly #events: FollowerEvents;
  #refused = false;
  #otherLog = false;
  #warnedOfClock = false;
  #floor = 0;
  /** The service has been told of the ended sessions up to this position. By it alone each is told once. */
  #told = 0;

  constructor(options: ResolvedOptions, clocks: LocalClocks, events: FollowerEvents) {
    this.#options = options;
    this.#clocks = clocks;
    this.#events = events;
    const { connectTo, serviceKey, fetch, logger, maxStaleness } = options;
    this.activity = new Activity(steadyClock(clocks), () => this.#reporter.hurry());
    this.#reporter = new Reporter({
      url: `${connectTo}/auth/revocations/report`,
      serviceKey,
      fetch,
      maxStaleness,
      activity: this.activity,
      applied: () => {
        const { position, log = '' } = this.replica;
        return position === undefined ? undefined : { position, log };
      },
    });
    this.feed = new Feed({
      url: `${connectTo}/auth/revocations`,
      serviceKey,
      fetch,
      logger,
      headers: () => ({
        ...this.#reporter.headers,
        ...(this.replica.log !== undefined && { 'latchkey-log': this.replica.log }),
      }),
      onOpen: (every) => {
        this.#reporter.every = every;
      },
      position: () => (this.#otherLog ? undefined : this.replica.position),
      onMessage: (message) => this.#apply(message),
      onRefused: () => {
        this.#refused = true;
        events.onProgress();
      },
    });
  }

  /** Whether the service key was refused and no message has come since. */
  get refused(): boolean {
    return this.#refused;
  }

  /**
   * Tokens issued before this position must be renewed: entries up to it were forgotten, and after a clock was set
   * back nobody can tell whether they concerned the token.
   */
  get floor(): number {
    return this.#floor;
  }

  /** Milliseconds since the last contact with the log, by the local clock that says more. */
  get age(): number {
    return this.freshness.age(this.#clocks.monotonic(), this.#clocks.wall());
  }

  /** The issuer's time in milliseconds; `NaN` before the first message. */
  get serverTime(): number {
    return this.freshness.serverTime(this.#clocks.monotonic(), this.#clocks.wall());
  }

  start(): void {
    this.feed.start();
    this.#reporter.start();
  }

  close(): void {
    this.feed.close();
    this.#reporter.close();
    this.signals.clear();
  }

  #apply(message: FeedMessage): void {
    const at: Instant = { monotonic: this.#clocks.monotonic(), wall: this.#clocks.wall() };
    const seconds = at.monotonic / 1000;
    if (message.type === 'heartbeat' || message.log !== undefined) this.#compare(message);
    let news: LogEntry[] = [];
    const lost = message.type === 'snapshot' ? this.#lostBefore(message) : 0;
    try {
      if (message.type === 'snapshot') {
        const beyond = this.#newsOf(message);
        const { position, log } = this.replica;
        this.replica.applySnapshot(message, seconds);
        // The sessions in the first snapshot ended before this verifier started.
        if (position === undefined) this.#told = message.head;
        else if (log !== message.log) this.#told = 0;
        news = beyond;
        this.#otherLog = false;
        this.#floor = Math.min(Math.max(this.#floor, message.from), message.position);
      } else if (message.type === 'entries') {
        for (const entry of message.entries) {
          this.replica.applyEntry(entry, seconds);
          news.push(entry);
        }
      }
      if (message.type !== 'heartbeat') this.#dropKeys(message.entries);
    } finally {
      // Also when a gap follows: the entries before it were applied.
      if (message.type !== 'heartbeat') this.#tell(news, message.type === 'snapshot');
    }
    this.signals.endBefore(lost);
    if (this.replica.position === undefined) return;
    if (this.freshness.note(message, this.replica.position, at)) {
      this.#floor = this.replica.position;
      this.#events.onClockSetBack();
    }
    // Tokens are accepted for the skew longer, so the entries that refuse them are kept for as long.
    const server = message.time - this.#options.clockSkew;
    this.replica.sweep({ server, monotonic: seconds });
    this.#refused = false;
    this.#warnOfClock();
    if (message.type === 'heartbeat') this.#reporter.ask(message.confirm);
    this.#reporter.progress();
    this.#events.onProgress();
  }

  /** In another log the positions mean nothing: starts again with a snapshot. */
  #compare({ type, log }: FeedMessage): void {
    if (type === 'snapshot' || this.replica.position === undefined || log === this.replica.log) return;
    this.#otherLog = true;
    throw new GapError('another log');
  }

  /** The entries of a snapshot that may be new. A verifier that has just started has no sessions to end. */
  #newsOf({ log, entries }: Extract<FeedMessage, { type: 'snapshot' }>): LogEntry[] {
    const { position, log: known } = this.replica;
    if (position === undefined) return [];
    if (log === known) return [...entries];
    // Positions of another log do not tell which entries are new.
    const isKnown = ({ subject }: LogEntry) =>
      'session' in subject &&
      this.replica.check({ sid: subject.session, userId: 0, rev: Infinity, kid: '', sites: [] })?.by ===
        'session';
    return entries.filter((entry) => !isKnown(entry));
  }

  /**
   * The position before which the snapshot lacks entries that this verifier has not seen; 0 if it lacks none. The
   * sessions of tokens issued since were live then.
   */
  #lostBefore({ log, from }: Extract<FeedMessage, { type: 'snapshot' }>): number {
    const { position, log: known } = this.replica;
    if (position === undefined) return 0;
    if (log !== known) return Infinity;
    return from > position ? from : 0;
  }

  #dropKeys(entries: readonly LogEntry[]): void {
    for (const { subject, action } of entries) {
      if ('key' in subject && action === 'reject') this.#events.onKeyRevoked(subject.key);
    }
  }

  #tell(news: readonly LogEntry[], all: boolean): void {
    let review = all ? 'snapshot' : undefined;
    for (const { seq, subject, action, reason, sessions = [] } of news) {
      const ended = 'session' in subject ? [subject.session] : sessions;
      if (action === 'reject') {
        for (const sessionId of ended) this.#tellEnd(sessionId, reason, seq);
        if (!('session' in subject)) review = reason;
      }
      this.#told = Math.max(this.#told, seq);
    }
    // A snapshot of another log may end with entries that the replica knew.
    this.#told = Math.max(this.#told, this.replica.position ?? 0);
    if (review !== undefined) this.signals.review(review);
  }

  #tellEnd(sessionId: string, reason: string, seq: number): void {
    this.signals.end(sessionId, reason);
    if (seq > this.#told) this.#options.onSessionEnd({ sessionId, reason, seq });
  }

  #warnOfClock(): void {
    const off = Math.abs(this.freshness.clockDifference ?? 0) > clockWarning;
    if (off && !this.#warnedOfClock) {
      const seconds = this.freshness.clockDifference;
      this.#options.logger.warn(`latchkey: the issuer's clock is ${seconds} s ahead of this machine's`);
    }
    this.#warnedOfClock = off;
  }
}
