import type { BaseContext } from '../kernel/context.ts';
import type { SessionId } from '../kernel/ids.ts';
import { endSessions } from './end-sessions.ts';
import type { CloseReason, Session } from './session.ts';

/** A session that has ended, as it is stored, and the position of the log from which on it is refused. */
export interface Ended {
  readonly session: Session;
  readonly seq: number;
}

interface Waiting extends PromiseWithResolvers<Ended | undefined> {
  readonly id: SessionId;
  readonly reason: CloseReason;
}

const most = 200;

/**
 * Ends single sessions. Those that come during a transaction end together in the next one, because a commit costs the
 * same for many as for one. No call waits for others to come.
 */
export class EndQueue {
  readonly #ctx: BaseContext;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(ctx: BaseContext) {
    this.#ctx = ctx;
  }

  /** See `endSession` of the context. */
  end(id: SessionId, reason: CloseReason): Promise<Ended | undefined> {
    const waiting = { id, reason, ...Promise.withResolvers<Ended | undefined>() };
    this.#waiting.push(waiting);
    if (!this.#running) void this.#run();
    return waiting.promise;
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, most);
      try {
        const ended = await endTogether(this.#ctx, batch);
        for (const { id, resolve } of batch) resolve(ended.get(id));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running = false;
  }
}

function endTogether(ctx: BaseContext, batch: readonly Waiting[]): Promise<ReadonlyMap<SessionId, Ended>> {
  const reasons = Map.groupBy(batch, ({ reason }) => reason);
  return ctx.transaction(async (tx) => {
    const all = new Map<SessionId, Ended>();
    for (const [reason, those] of reasons) {
      const ids = [...new Set(those.map(({ id }) => id))];
      const { ended, seq } = await endSessions(ctx, tx, { ids }, reason);
      for (const session of ended) all.set(session.id, { session, seq });
    }
    return all;
  });
}
