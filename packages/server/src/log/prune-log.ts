import type { Context } from '../kernel/context.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';
import { unixSeconds } from '../kernel/time.ts';

/** Small enough that nobody waits for a step. */
const batch = 500;

/** Deletes the entries that no unexpired token could need, in small steps. Returns how many. */
export function pruneLog(ctx: Context): Promise<number> {
  const now = unixSeconds(ctx.clock.now());
  return runInBatches(batch, (limit) => ctx.transaction((tx) => tx.log.prune(now, limit)));
}
