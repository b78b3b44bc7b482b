import type { Context } from '../kernel/context.ts';

const keep = 90 * 24 * 3600 * 1000;
const batch = 500;

/** Forgets sessions that were closed 90 days ago or earlier. How many. */
export async function forgetSessions(ctx: Context): Promise<number> {
  const before = ctx.clock.now() - keep;
  let count = 0;
  for (;;) {
    const removed = await ctx.transaction((tx) => tx.sessions.removeClosed(before, batch));
    count += removed;
    if (removed < batch) return count;
  }
}
