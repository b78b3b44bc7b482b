import { type Clock, maxSkew, type SetBack, type TimeRange, type TimeSource } from './clock.ts';

const never = Number.MAX_SAFE_INTEGER;

/** Every time that a process stores is one that this clock has given, so it notices at once when it is set back. */
export class WallClock implements Clock {
  readonly #source: TimeSource;
  #latest = 0;
  #setBackTo: number | undefined;

  constructor(source: TimeSource) {
    this.#source = source;
  }

  now(): number {
    const now = this.#source.now();
    if (now > this.#latest) this.#latest = now;
    if (now < this.#latest - maxSkew) this.#setBackTo = Math.min(this.#setBackTo ?? now, now);
    else if (this.#setBackTo !== undefined) this.#setBackTo = undefined;
    return now;
  }

  remaining(until: number, longest: number): number {
    const now = this.now();
    if (until <= now) return 0;
    if (until - longest <= now + maxSkew) return until - now;
    return Math.max(0, this.#meet(until - longest) + longest - now);
  }

  past(time: number): number {
    return time <= this.now() + maxSkew ? time : this.#meet(time);
  }

  holding(longest: number): TimeRange {
    const now = this.now();
    const isOver = this.#setBackTo !== undefined && this.#setBackTo + longest <= now;
    return { after: now, upTo: isOver ? now + longest + maxSkew : never };
  }

  since(age: number): TimeRange {
    const { after, upTo } = this.holding(age);
    return { after: after - age, upTo: upTo === never ? never : upTo - age };
  }

  setBack(): SetBack | undefined {
    this.now();
    return this.#setBackTo === undefined ? undefined : { latest: this.#latest, to: this.#setBackTo };
  }

  learn({ latest, to }: { readonly latest: number; readonly to?: number }): void {
    if (latest > this.#latest) this.#latest = latest;
    const now = this.now();
    const isAhead = latest > now + maxSkew;
    if (isAhead && to !== undefined) this.#setBackTo = Math.min(this.#setBackTo ?? now, to);
  }

  /** Takes in a stored time that lies ahead. Returns the time as which it counts. */
  #meet(time: number): number {
    this.learn({ latest: time });
    return this.#setBackTo ?? time;
  }
}
