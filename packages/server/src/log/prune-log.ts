import type { Context } from '../kernel/context.ts';
import { unixSeconds } from '../kernel/time.ts';

/** Forgets the entries that no living token could meet any more. How many. */
export function pruneLog(ctx: Context): Promise<number> {
  return ctx.transaction((tx) => tx.log.prune(unixSeconds(ctx.clock.now())));
}
