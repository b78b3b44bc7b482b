import type { Context } from '../kernel/context.ts';
import { unixSeconds } from '../kernel/time.ts';

/** Deletes the entries that no unexpired token could need. Returns how many. */
export function pruneLog(ctx: Context): Promise<number> {
  return ctx.transaction((tx) => tx.log.prune(unixSeconds(ctx.clock.now())));
}
