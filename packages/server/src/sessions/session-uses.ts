import { setImmediate as turn } from 'node:timers/promises';
import type { Context } from '../kernel/context.ts';
import type { SessionId } from '../kernel/ids.ts';
import type { Session } from './session.ts';

/** The most reported uses that wait to be stored. More are dropped: the next use is reported again. */
const maxReported = 1_000_000;
/** How many uses one transaction stores. */
const batch = 500;

/** How old the stored use may be before a newer one is stored: it depends on the idle limit. Milliseconds. */
export function usesGranularity(sessionIdle: number): number {
  return Math.min(60_000, Math.floor(sessionIdle / 10));
}

/**
 * Collects when sessions were used, and stores it in batches: for each session once a minute at most, or more often where
 * the idle limit is short.
 */
export class SessionUses {
  readonly #ctx: Context;
  readonly #pending = new Map<SessionId, number>();
  readonly #reported = new Map<SessionId, number>();
  /** How old the stored use may be before a newer one is stored. Milliseconds. */
  readonly granularity: number;

  constructor(ctx: Context) {
    this.#ctx = ctx;
    this.granularity = usesGranularity(ctx.policy.sessionIdle);
  }

  /** Notes a use of a live session now. */
  note(session: Session): void {
    const now = this.#ctx.clock.now();
    if (now - this.#ctx.clock.past(session.requestTime) >= this.granularity)
      this.#pending.set(session.id, now);
  }

  /** Notes a use that a verifier saw `ago` milliseconds ago. Whether there is such a session is not known here. */
  noteReported(id: SessionId, ago: number): void {
    const time = this.#ctx.clock.now() - ago;
    const known = this.#reported.get(id);
    if (known === undefined ? this.#reported.size < maxReported : known < time) this.#reported.set(id, time);
  }

  /** Stores what was noted. After a failure it stays noted, unless a later use has replaced it. */
  async flush(): Promise<void> {
    const [idle, step] = [this.#ctx.sessionIdle(), this.granularity];
    await drain(this.#pending, (times) => this.#ctx.transaction((tx) => tx.sessions.touch(times)));
    // A service must not revive a session that is over, so only one that was live at its use is touched.
    await drain(this.#reported, (times) =>
      this.#ctx.transaction((tx) => tx.sessions.touch(times, { idle, step })),
    );
  }
}

/** Stores what is noted now, in small steps: nobody waits for a million uses. */
async function drain(
  noted: Map<SessionId, number>,
  store: (times: ReadonlyMap<SessionId, number>) => Promise<void>,
): Promise<void> {
  for (let left = noted.size; left > 0; left -= batch) {
    const times = takeFirst(noted, batch);
    try {
      await store(times);
    } catch (error) {
      for (const [id, time] of times) if (!noted.has(id)) noted.set(id, time);
      throw error;
    }
    if (left > batch) await turn();
  }
}

function takeFirst(noted: Map<SessionId, number>, most: number): Map<SessionId, number> {
  const taken = new Map<SessionId, number>();
  for (const [id, time] of noted) {
    if (taken.size === most) break;
    taken.set(id, time);
    noted.delete(id);
  }
  return taken;
}
