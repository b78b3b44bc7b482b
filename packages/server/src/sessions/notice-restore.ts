import type { BaseContext } from '../kernel/context.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';
import { endSessions } from './end-sessions.ts';

/** Where the log ended when it was last recorded. */
export interface RememberedLog {
  readonly log: string;
  readonly head: number;
  /** Whether the closing of a restored database's sessions is not finished. */
  readonly closing: boolean;
}

/** Records the log's end outside the database. */
export interface LogMemory {
  load(): Promise<RememberedLog | undefined>;
  save(remembered: RememberedLog): Promise<void>;
}

/** More than a log can grow between two records, so that no position is given twice. */
const leap = 1_000_000;
const batch = 500;

/**
 * Finds out whether a backup was restored: whether the database is older than the recorded end of the log. Some of its
 * sessions may have been closed since the backup, so all of them are closed now. The log starts anew after every
 * position that it ever had; verifiers then take a snapshot, and keep refusing what they refused. Call it before anything
 * is served; if it is interrupted, the next call finishes. Returns how many sessions were closed, or undefined when no
 * backup was restored.
 */
export async function noticeRestore(ctx: BaseContext, memory: LogMemory): Promise<number | undefined> {
  const remembered = await memory.load();
  if (remembered === undefined) return undefined;
  const state = await ctx.read.log.state();
  const same = state.log === remembered.log;
  if (!remembered.closing && (!same || state.head >= remembered.head)) return undefined;
  await memory.save({ ...remembered, closing: true });
  if (same) await ctx.transaction((tx) => tx.log.restart(remembered.head + leap));
  const closed = await runInBatches(batch, async (limit) => {
    const { ended } = await ctx.transaction((tx) => endSessions(ctx, tx, { limit }, 'restored'));
    return ended.length;
  });
  const { log, head } = await ctx.read.log.state();
  await memory.save({ log, head, closing: false });
  ctx.logger.warn(
    { closed },
    'The database is older than the recorded end of its log: a backup was restored. All of its sessions were closed.',
  );
  return closed;
}

/** Returns a function that records where the log ends, if that has moved; never an earlier position of the same log. */
export function createLogRecorder(ctx: BaseContext, memory: LogMemory): () => Promise<void> {
  let last: { readonly log: string; readonly head: number } | undefined;
  return async () => {
    last ??= await memory.load();
    const { log, head } = await ctx.read.log.state();
    if (last?.log === log && last.head >= head) return;
    await memory.save({ log, head, closing: false });
    last = { log, head };
  };
}
