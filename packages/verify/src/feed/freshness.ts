/** What every message of the feed tells: where the log ends, and the server's time in unix seconds. */
export interface Sighting {
  readonly head: number;
  readonly time: number;
}

/** The two local clocks at one moment, in milliseconds. */
export interface Instant {
  readonly monotonic: number;
  readonly wall: number;
}

/** Milliseconds. What the server says falls behind by as much through delays and small corrections; more is a leap back. */
const LEAP = 30_000;
/** A server's second, and as much for how long it was on its way. */
const AGREE = 2000;
const SECOND = 1000;

const NEVER: Instant = { monotonic: Number.NEGATIVE_INFINITY, wall: Number.NEGATIVE_INFINITY };

/**
 * How recent the replica's knowledge is. Contact is the last moment at which the server named a
 * head that the replica has reached: whoever has applied everything up to a head that was the
 * log's at a moment knew everything at that moment.
 */
export class Freshness {
  #contact = NEVER;
  #pending: { head: number; at: Instant } | undefined;
  #head: number | undefined;
  #serverOffset = Number.NaN;
  #clockDifference: number | undefined;

  /** The log's last position, as last heard. */
  get head(): number | undefined {
    return this.#head;
  }

  /** Seconds by which the server's clock was ahead of this machine's at the last message. */
  get clockDifference(): number | undefined {
    return this.#clockDifference;
  }

  /**
   * Notes a message that has been applied; `position` is where the replica is now. Returns whether the server's clock has
   * leapt back: only then does its time, as it is told here, ever go back.
   */
  note({ head, time }: Sighting, position: number, at: Instant): boolean {
    this.#head = head;
    const offset = time * 1000 - at.monotonic;
    const leapt = offset < this.#serverOffset - LEAP;
    if (leapt || !(offset <= this.#serverOffset)) this.#serverOffset = offset;
    this.#clockDifference = time - Math.floor(at.wall / 1000);
    if (this.#pending !== undefined && position >= this.#pending.head) {
      this.#contact = this.#pending.at;
      this.#pending = undefined;
    }
    // A server that names an earlier head than ours lags itself: that is no contact with the log.
    if (head === position) this.#contact = at;
    else if (head > position) this.#pending ??= { head, at };
    return leapt;
  }

  /**
   * Milliseconds since the contact, `Infinity` before the first. The longer of two clocks' answers:
   * the monotonic one stands still while a machine sleeps, the other can be set back.
   */
  age(monotonic: number, wall: number): number {
    return Math.max(monotonic - this.#contact.monotonic, wall - this.#contact.wall);
  }

  /**
   * The server's time in milliseconds, by what it said and the monotonic clock since then; `NaN` before the first message.
   * It says whole seconds: the rest is told by our wall clock where that agrees, else the second counts as over.
   */
  serverTime(monotonic: number, wall: number): number {
    const least = this.#serverOffset + monotonic;
    return wall >= least && wall < least + AGREE ? wall : least + SECOND;
  }

  /** As `serverTime`, and later by what our wall clock has gained on the monotonic one since the contact: a machine that slept. */
  latestTime(monotonic: number, wall: number): number {
    const gained = wall - this.#contact.wall - (monotonic - this.#contact.monotonic);
    return this.serverTime(monotonic, wall) + Math.max(0, gained);
  }
}
