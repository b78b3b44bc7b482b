import type { Context } from '../kernel/context.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';
import { endSessions } from './end-sessions.ts';

/** Small enough not to hold the log, or block the event loop, for long. */
const batch = 200;

/**
 * Closes sessions past their idle or absolute limit, each exactly once. Uses are stored up to `grace` ms late. Those that
 * turn out to be used are first put off for one more idle limit, so that no later sweep has to look at them.
 */
export async function expireSessions(ctx: Context, grace: number): Promise<number> {
  const idleSince = ctx.clock.now() - ctx.sessionIdle() - grace;
  await runInBatches(batch, async (limit) => {
    if (!(await ctx.read.sessions.hasUsed(idleSince))) return 0;
    return ctx.transaction((tx) => tx.sessions.passOver(idleSince, limit));
  });
  return runInBatches(batch, async (limit) => {
    const now = ctx.clock.now();
    const expired = { now, idleSince: now - ctx.sessionIdle() - grace };
    if ((await ctx.read.sessions.countExpired(expired, 1)) === 0) return 0;
    const { ended } = await ctx.transaction((tx) => endSessions(ctx, tx, { expired, limit }, 'expired'));
    return ended.length;
  });
}
