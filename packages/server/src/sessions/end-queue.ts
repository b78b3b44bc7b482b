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

/**
 * Ends single sessions. Those that come during a transaction end together in the next one, because a commit costs the
 * same for many as for one. No call waits for others to come, and none for a session that somebody else holds: what
 * another transaction has locked is left to a second queue, which waits for it.
 */
export class EndQueue {
  readonly #free: Batches;
  readonly #locked: Batches;

  constructor(ctx: BaseContext) {
    this.#locked = new Batches(async (batch) => {
      const ended = await endTogether(ctx, batch, false);
      for (const { id, resolve } of batch) resolve(ended.get(id));
    });
    this.#free = new Batches(async (batch) => {
      const ended = await endTogether(ctx, batch, true);
      for (const each of batch) {
        const own = ended.get(each.id);
        if (own === undefined) this.#locked.add(each);
        else each.resolve(own);
      }
    });
  }

  /** See `endSession` of the context. */
  end(id: SessionId, reason: CloseReason): Promise<Ended | undefined> {
    const waiting = { id, reason, ...Promise.withResolvers<Ended | undefined>() };
    this.#free.add(waiting);
    return waiting.promise;
  }
}

const most = 200;

/** Runs what comes in batches, one after the other. A failure is told to its batch. */
class Batches {
  readonly #work: (batch: readonly Waiting[]) => Promise<void>;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(work: (batch: readonly Waiting[]) => Promise<void>) {
    this.#work = work;
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
    if (!this.#running) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, most);
      try {
        await this.#work(batch);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#running = false;
  }
}

function endTogether(
  ctx: BaseContext,
  batch: readonly Waiting[],
  skipLocked: boolean,
): Promise<ReadonlyMap<SessionId, Ended>> {
  const reasons = Map.groupBy(batch, ({ reason }) => reason);
  return ctx.transaction(async (tx) => {
    const all = new Map<SessionId, Ended>();
    for (const [reason, those] of reasons) {
      const ids = [...new Set(those.map(({ id }) => id))];
      const { ended, seq } = await endSessions(ctx, tx, { ids, skipLocked }, reason);
      for (const session of ended) all.set(session.id, { session, seq });
    }
    return all;
  });
}
