import type { SessionId } from '../kernel/ids.ts';
import { SplitMap } from '../kernel/split-map.ts';

/** When sessions were used last. Unix milliseconds. */
export type Uses = ReadonlyMap<SessionId, number>;

interface Held {
  /** When it was held. */
  readonly since: number;
  used?: number;
}

/** The most sessions that are held: some 40 MB. Beyond it some of the oldest are released early, so many at once. */
const capacity = 250_000;
const early = 64;

/** Holds back uses of sessions of which one was stored lately, until a step has passed. */
export class HeldUses {
  readonly #step: number;
  readonly #held = new SplitMap<SessionId, Held>();

  /** `step`: for how long they are held, in milliseconds. */
  constructor(step: number) {
    this.#step = step;
  }

  get size(): number {
    return this.#held.size;
  }

  /** Notes a use, if the session is held. Returns whether it is. */
  note(id: SessionId, time: number): boolean {
    const held = this.#held.get(id);
    if (held !== undefined && (held.used === undefined || held.used < time)) held.used = time;
    return held !== undefined;
  }

  /** Holds a session from now on, with a use of it that is not stored yet. Returns the uses of those that had to make room. */
  hold(id: SessionId, now: number, used?: number): Uses {
    const room = this.#held.size < capacity ? new Map() : this.release(Number.POSITIVE_INFINITY, early);
    this.#held.delete(id);
    this.#held.set(id, used === undefined ? { since: now } : { since: now, used });
    return room;
  }

  /** Lets go of at most `limit` sessions that have been held for a step. Returns their uses. */
  release(now: number, limit: number): Uses {
    // A clock that was set back does not hold them for longer.
    const released = this.#held.take(limit, ({ since }) => now - since < 0 || now - since >= this.#step);
    const uses = new Map<SessionId, number>();
    for (const [id, { used }] of released) if (used !== undefined) uses.set(id, used);
    return uses;
  }
}
