import type { Context } from '../kernel/context.ts';
import { endSessions } from './end-sessions.ts';

/** Where the log was seen to end. */
export interface RememberedLog {
  readonly log: string;
  readonly head: number;
  /** Whether the sessions of a restored database are being closed. */
  readonly closing: boolean;
}

/** What is remembered of the log outside the database. */
export interface LogMemory {
  load(): Promise<RememberedLog | undefined>;
  save(remembered: RememberedLog): Promise<void>;
}

/** Further than any log gets between two looks at it, so that no position is given twice. */
const leap = 1_000_000;
const batch = 500;

/**
 * Finds out whether the database is older than what was acknowledged: a backup that was restored. Nobody knows then
 * which of its sessions were closed since, so all of them are, and the log begins anew behind every position that it
 * ever had: a verifier takes a snapshot, and what it refuses it goes on refusing. To be called before anything is
 * served; when it is cut short, the next call completes it. How many sessions were closed; undefined where nothing was
 * noticed.
 */
export async function noticeRestore(ctx: Context, memory: LogMemory): Promise<number | undefined> {
  const remembered = await memory.load();
  if (remembered === undefined) return undefined;
  const state = await ctx.read.log.state();
  const same = state.log === remembered.log;
  if (!remembered.closing && (!same || state.head >= remembered.head)) return undefined;
  await memory.save({ ...remembered, closing: true });
  if (same) await ctx.transaction((tx) => tx.log.restart(remembered.head + leap));
  let closed = 0;
  for (;;) {
    const { ended } = await ctx.transaction((tx) => endSessions(ctx, tx, { limit: batch }, 'restored'));
    closed += ended.length;
    if (ended.length < batch) break;
  }
  const { log, head } = await ctx.read.log.state();
  await memory.save({ log, head, closing: false });
  ctx.logger.warn(
    { closed },
    'The database is older than what was acknowledged: a backup was restored. All of its sessions were closed.',
  );
  return closed;
}

/** Remembers where the log ends, when that has moved; never an earlier position of the same log. */
export function createRemembering(ctx: Context, memory: LogMemory): () => Promise<void> {
  let last: { readonly log: string; readonly head: number } | undefined;
  return async () => {
    last ??= await memory.load();
    const { log, head } = await ctx.read.log.state();
    if (last?.log === log && last.head >= head) return;
    await memory.save({ log, head, closing: false });
    last = { log, head };
  };
}
