import type { Context } from '../kernel/context.ts';
import type { SessionId } from '../kernel/ids.ts';
import type { Session } from './session.ts';

/** So many that verifiers report wait to be stored at most: beyond it they are dropped, and reported again with the next use. */
const maxReported = 1_000_000;

/** How old a stored use may be before the next one is stored, by the idle limit; milliseconds. */
export function usesGranularity(sessionIdle: number): number {
  return Math.min(60_000, Math.floor(sessionIdle / 10));
}

/**
 * Collects when sessions were used and stores it in batches: at most once a minute per session, or more often where
 * the idle limit is short. Until it is stored a use is remembered here, so that a session in use does not go idle.
 */
export class SessionUses {
  readonly #ctx: Context;
  readonly #pending = new Map<SessionId, number>();
  readonly #reported = new Map<SessionId, number>();
  /** How old a stored use may be before the next one is stored, in milliseconds. */
  readonly granularity: number;

  constructor(ctx: Context) {
    this.#ctx = ctx;
    this.granularity = usesGranularity(ctx.policy.sessionIdle);
  }

  /** Notes a use of a live session now. */
  note(session: Session): void {
    const now = this.#ctx.clock.now();
    if (now - session.requestTime >= this.granularity) this.#pending.set(session.id, now);
  }

  /** Notes a use that a verifier saw so many milliseconds ago, of a session of which nothing is known here. */
  noteReported(id: SessionId, ago: number): void {
    const time = this.#ctx.clock.now() - ago;
    const known = this.#reported.get(id);
    if (known === undefined ? this.#reported.size < maxReported : known < time) this.#reported.set(id, time);
  }

  /** Stores what was noted. On failure it stays noted, unless a later use has replaced it. */
  async flush(): Promise<void> {
    const [idle, step] = [this.#ctx.sessionIdle(), this.granularity];
    await drain(this.#pending, (times) => this.#ctx.transaction((tx) => tx.sessions.touch(times)));
    // Whoever has a service key keeps no session that is over: it must have been live when it was used.
    await drain(this.#reported, (times) =>
      this.#ctx.transaction((tx) => tx.sessions.touch(times, { idle, step })),
    );
  }
}

async function drain(
  noted: Map<SessionId, number>,
  store: (times: ReadonlyMap<SessionId, number>) => Promise<void>,
): Promise<void> {
  if (noted.size === 0) return;
  const times = new Map(noted);
  noted.clear();
  try {
    await store(times);
  } catch (error) {
    for (const [id, time] of times) if (!noted.has(id)) noted.set(id, time);
    throw error;
  }
}
