import type { Context } from '../kernel/context.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';
import { endSessions } from './end-sessions.ts';

/** So that one batch neither holds the log nor blocks the loop for long. */
const batch = 200;

/** Closes sessions whose idle or absolute limit has passed, each exactly once. `grace` (ms) is how late uses are stored. */
export function expireSessions(ctx: Context, grace: number): Promise<number> {
  return runInBatches(batch, async (limit) => {
    const now = ctx.clock.now();
    const expired = { now, idleSince: now - ctx.sessionIdle() - grace };
    if ((await ctx.read.sessions.countExpired(expired, 1)) === 0) return 0;
    const { ended } = await ctx.transaction((tx) => endSessions(ctx, tx, { expired, limit }, 'expired'));
    return ended.length;
  });
}
