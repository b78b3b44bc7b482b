/** What every message of the feed tells: the end of the log, and the server's time in Unix seconds. */
export interface Sighting {
  readonly head: number;
  readonly time: number;
}

/** The two local clocks at one moment, in milliseconds. */
export interface Instant {
  readonly monotonic: number;
  readonly wall: number;
}

/**
 * Delays and small corrections make the server's time fall behind by at most this many milliseconds. More is a leap
 * back.
 */
const leap = 30_000;
/** Milliseconds in which two clocks agree: the second that the server rounds off, and one for the way. */
const agreement = 2000;
const second = 1000;

const never: Instant = { monotonic: -Infinity, wall: -Infinity };

/**
 * How recent the replica is. The contact is the last moment at which the server named a head that the replica has
 * reached: at that moment the replica was complete.
 */
export class Freshness {
  #contact = never;
  #pending: { head: number; at: Instant } | undefined;
  #head: number | undefined;
  #serverOffset = Number.NaN;
  #clockDifference: number | undefined;

  /** The last position of the log, as last heard. */
  get head(): number | undefined {
    return this.#head;
  }

  /** Seconds by which the server's clock was ahead of this machine's at the last message. */
  get clockDifference(): number | undefined {
    return this.#clockDifference;
  }

  /**
   * Notes a message that was applied; `position` is where the replica is now. Returns whether the server's clock has
   * leapt back. `serverTime` goes back only then.
   */
  note({ head, time }: Sighting, position: number, at: Instant): boolean {
    this.#head = head;
    const offset = time * 1000 - at.monotonic;
    const leapt = offset < this.#serverOffset - leap;
    if (leapt || !(offset <= this.#serverOffset)) this.#serverOffset = offset;
    this.#clockDifference = time - Math.floor(at.wall / 1000);
    if (this.#pending !== undefined && position >= this.#pending.head) {
      this.#contact = this.#pending.at;
      this.#pending = undefined;
    }
    // A server that names an earlier head than ours is itself behind: that is no contact with the log.
    if (head === position) this.#contact = at;
    else if (head > position) this.#pending ??= { head, at };
    return leapt;
  }

  /**
   * Milliseconds since the contact, `Infinity` before the first. Two clocks tell, and the longer time counts: the
   * monotonic one stops while a machine sleeps, the wall clock can be set back.
   */
  age(monotonic: number, wall: number): number {
    return Math.max(monotonic - this.#contact.monotonic, wall - this.#contact.wall);
  }

  /**
   * The server's time in milliseconds, by its last message and the monotonic clock since then; `NaN` before the first
   * message. The server tells whole seconds. Our wall clock tells the rest if it agrees; otherwise the second counts
   * as over.
   */
  serverTime(monotonic: number, wall: number): number {
    const least = this.#serverOffset + monotonic;
    return wall >= least && wall < least + agreement ? wall : least + second;
  }

  /**
   * As `serverTime`, plus what our wall clock has gained on the monotonic one since the contact: the machine slept.
   */
  latestTime(monotonic: number, wall: number): number {
    const gained = wall - this.#contact.wall - (monotonic - this.#contact.monotonic);
    return this.serverTime(monotonic, wall) + Math.max(0, gained);
  }
}
