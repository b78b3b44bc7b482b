import type { BaseContext } from '../kernel/context.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';
import { appendEntries } from '../log/append-entries.ts';
import { goesOn, type KnownLog } from '../log/known-log.ts';
import { endSessions } from './end-sessions.ts';

/** Records the log's end outside the database. */
export interface LogMemory {
  load(): Promise<KnownLog | undefined>;
  save(known: KnownLog): Promise<void>;
}

/** More than a log can grow between two records, so that no position is given twice. */
const leap = 1_000_000;
const batch = 500;

/**
 * Finds out whether a backup was restored: whether the database goes on from the log that was known. Some of its sessions
 * may have been closed since the backup, so all of them are closed now. The log starts anew after every position that it
 * ever had; verifiers then take a snapshot, and keep refusing what they refused. Nothing may be served until it resolves;
 * if it is interrupted, the next call of any process finishes. Of several processes one decides, and the others follow.
 * Returns how many sessions this call closed.
 */
export async function noticeRestore(ctx: BaseContext, known: KnownLog | undefined): Promise<number> {
  if (known !== undefined && !(await goesOn(ctx.read.log, known, await ctx.read.log.find()))) {
    await beginAnotherLog(ctx, known);
  }
  return closeOldSessions(ctx);
}

/** What is read without a lock may be late, or come from a server that only follows the primary; this decides. */
async function beginAnotherLog(ctx: BaseContext, known: KnownLog): Promise<void> {
  const restored = await ctx.transaction(async (tx) => {
    await tx.log.lock();
    const state = await tx.log.state();
    if (await goesOn(tx.log, known, state)) return false;
    const head = Math.max(known.head, state.head) + leap;
    await tx.log.restart(head, [known.log, state.log], ctx.clock.now());
    // Sessions that were opened after the backup are not there to be closed, but there may be tokens of them.
    await appendEntries(ctx, tx, [{ subject: { all: true }, action: 'reject', reason: 'restored' }]);
    return true;
  });
  if (!restored) return;
  ctx.logger.warn(
    { known: known.head },
    'The database is not the one that was known: a backup was restored. All of its sessions are closed.',
  );
}

async function closeOldSessions(ctx: BaseContext): Promise<number> {
  const closed = await runInBatches(batch, (limit) =>
    ctx.transaction(async (tx) => {
      if (!(await tx.log.lockClosing())) return 0;
      const { ended } = await endSessions(ctx, tx, { limit }, 'restored');
      await tx.log.countClosed(ended.length, ended.length < limit);
      return ended.length;
    }),
  );
  if (closed > 0) ctx.logger.warn({ closed }, 'Sessions were closed because a backup was restored.');
  return closed;
}

/** Returns a function that records how far the log was followed, if that has moved. */
export function createLogRecorder(
  log: { readonly known: KnownLog | undefined; catchUp(): Promise<void> },
  memory: LogMemory,
): () => Promise<void> {
  let last: KnownLog | undefined;
  return async () => {
    await log.catchUp();
    const { known } = log;
    if (known === undefined || known === last) return;
    await memory.save(known);
    last = known;
  };
}
