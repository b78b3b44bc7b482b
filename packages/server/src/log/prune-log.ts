import type { Context } from '../kernel/context.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';
import { unixSeconds } from '../kernel/time.ts';
import { entryLife } from './append-entries.ts';

/** Small enough that nobody waits for a step. */
const batch = 500;

/**
 * Deletes the entries that no unexpired token could need, in small steps. One that a clock which was ahead has dated goes
 * when the life of an entry has passed since the clock was set back. Returns how many.
 */
export function pruneLog(ctx: Context): Promise<number> {
  const now = unixSeconds(ctx.clock.now());
  const ahead = unixSeconds(ctx.clock.since(entryLife(ctx) * 1000).upTo);
  return runInBatches(batch, (limit) => ctx.transaction((tx) => tx.log.prune(now, limit, ahead)));
}
