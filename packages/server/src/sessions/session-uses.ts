import { setImmediate as turn } from 'node:timers/promises';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { SessionId } from '../kernel/ids.ts';
import { StepSize } from '../kernel/run-in-batches.ts';
import { SplitMap } from '../kernel/split-map.ts';
import { HeldUses, type Uses } from './held-uses.ts';
import { OverSessions } from './over-sessions.ts';
import { ReportBudget } from './report-budget.ts';
import type { Session } from './session.ts';
import { usesAccuracy, usesStep } from './uses-step.ts';

/** The most uses that wait for the next round: some 25 MB. */
const maxDue = 250_000;
/** How many uses the first step of a round stores. */
const batch = 500;
/** When a report that was refused may come again. Seconds. */
const retryAfter = 5;

/**
 * Collects when sessions were used, and stores it: for each session once in a step at most, which follows from the idle
 * limit. A use that comes sooner is held, and the last one is stored when the step is over.
 */
export class SessionUses {
  readonly #ctx: Context;
  readonly #step: number;
  /** By how much the stored use may be older than the last one before it is worth a write. Milliseconds. */
  readonly accuracy: number;
  readonly #due = new SplitMap<SessionId, number>();
  readonly #held: HeldUses;
  /** Sessions that were reported, and are closed or never were: they never come back. */
  readonly #over = new OverSessions();
  readonly #budget = new ReportBudget();

  constructor(ctx: Context) {
    this.#ctx = ctx;
    this.#step = usesStep(ctx.policy.sessionIdle);
    this.accuracy = usesAccuracy(ctx.policy.sessionIdle);
    this.#held = new HeldUses(this.#step);
  }

  /** Notes a use of a live session now. */
  note({ id, requestTime }: Session): void {
    const now = this.#ctx.clock.now();
    const age = now - this.#ctx.clock.past(requestTime);
    if (age < this.accuracy || this.#held.note(id, now)) return;
    // Where a use was stored lately, perhaps by another process, this one can wait.
    if (age < this.#step) this.#hold(id, now, now);
    else this.#add(id, now);
  }

  /**
   * Notes uses that a verifier of a service saw: each session, and how many milliseconds ago. Throws TOO_MANY_REQUESTS,
   * having noted none, when the service has reported too many, or while too many wait to be stored.
   */
  noteReported(service: string, sessions: readonly (readonly [id: SessionId, ago: number])[]): void {
    this.#budget.spend(service, sessions.length);
    if (this.#due.size + sessions.length > maxDue) throw new AppError('TOO_MANY_REQUESTS', { retryAfter });
    const now = this.#ctx.clock.now();
    for (const [id, ago] of sessions) {
      const time = now - ago;
      if (!this.#over.has(id) && !this.#held.note(id, time)) this.#add(id, time);
    }
  }

  /** Stores what is due. After a failure it is still due, unless a later use has replaced it. */
  storeDue(): Promise<void> {
    return this.#store(() => this.#ctx.clock.now());
  }

  /** Stores all that was noted. */
  flush(): Promise<void> {
    return this.#store(() => Number.POSITIVE_INFINITY);
  }

  /** In small steps: nobody waits for a million uses. What is noted meanwhile waits for the next round. */
  async #store(until: () => number): Promise<void> {
    const steps = new StepSize(batch);
    for (let left = this.#due.size + this.#held.size; left > 0; ) {
      const size = steps.value;
      const released = await steps.measure(async () => {
        const before = this.#held.size;
        this.#addAll(this.#held.release(until(), size));
        const count = before - this.#held.size;
        await this.#storeSome(this.#due.take(size));
        return count;
      });
      if (this.#due.size === 0 && released < size) return;
      left -= size;
      await turn();
    }
  }

  async #storeSome(uses: Uses): Promise<void> {
    if (uses.size === 0) return;
    try {
      const known = await this.#ctx.read.sessions.findRequestTimes([...uses.keys()]);
      const news = new Map(
        [...uses].filter(([id, time]) => time - this.#ctx.clock.past(known.get(id) ?? time) >= this.accuracy),
      );
      // A service must not revive a session that is over, so only one that was live at its use is touched.
      const live = { idle: this.#ctx.sessionIdle(), step: this.accuracy };
      if (news.size > 0) await this.#ctx.transaction((tx) => tx.sessions.touch(news, live));
      const now = this.#ctx.clock.now();
      for (const id of uses.keys()) {
        if (known.has(id)) this.#hold(id, now, this.#due.get(id));
        else this.#remember(id);
      }
    } catch (error) {
      this.#addAll(uses);
      throw error;
    }
  }

  #add(id: SessionId, time: number): void {
    const known = this.#due.get(id);
    if (known === undefined ? this.#due.size < maxDue : known < time) this.#due.set(id, time);
  }

  #addAll(uses: Uses): void {
    for (const [id, time] of uses) this.#add(id, time);
  }

  #hold(id: SessionId, now: number, used: number | undefined): void {
    this.#due.delete(id);
    this.#addAll(this.#held.hold(id, now, used));
  }

  #remember(id: SessionId): void {
    this.#due.delete(id);
    this.#over.add(id);
  }
}
