import type { Context } from '../kernel/context.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';

const keep = 90 * 24 * 3600 * 1000;
const batch = 500;

/** Deletes sessions that were closed 90 days ago or earlier. Returns how many. */
export function forgetSessions(ctx: Context): Promise<number> {
  const kept = ctx.clock.since(keep);
  return runInBatches(batch, (limit) => ctx.transaction((tx) => tx.sessions.removeClosed(kept, limit)));
}
