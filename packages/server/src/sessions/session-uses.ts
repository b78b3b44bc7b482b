import type { Context } from '../kernel/context.ts';
import type { SessionId } from '../kernel/ids.ts';
import type { Session } from './session.ts';

/**
 * Collects when sessions were used and stores it in batches: at most once a minute per session, or more often where
 * the idle limit is short. Until it is stored a use is remembered here, so that a session in use does not go idle.
 */
export class SessionUses {
  readonly #ctx: Context;
  readonly #pending = new Map<SessionId, number>();
  /** How old a stored use may be before the next one is stored, in milliseconds. */
  readonly granularity: number;

  constructor(ctx: Context) {
    this.#ctx = ctx;
    this.granularity = Math.min(60_000, Math.floor(ctx.policy.sessionIdle / 10));
  }

  /** Notes a use of a live session now. */
  note(session: Session): void {
    const now = this.#ctx.clock.now();
    if (now - session.requestTime >= this.granularity) this.#pending.set(session.id, now);
  }

  /** Stores what was noted. On failure it stays noted, unless a later use has replaced it. */
  async flush(): Promise<void> {
    if (this.#pending.size === 0) return;
    const times = new Map(this.#pending);
    this.#pending.clear();
    try {
      await this.#ctx.transaction((tx) => tx.sessions.touch(times));
    } catch (error) {
      for (const [id, time] of times) if (!this.#pending.has(id)) this.#pending.set(id, time);
      throw error;
    }
  }
}
