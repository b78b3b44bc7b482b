import type { Context } from '../kernel/context.ts';
import { endSessions } from './end-sessions.ts';

/** So that one batch neither holds the log nor blocks the loop for long. */
const batch = 200;

/** Closes sessions whose idle or absolute limit has passed, each exactly once. `grace` (ms) is how late uses are stored. */
export async function expireSessions(ctx: Context, grace: number): Promise<number> {
  let count = 0;
  for (;;) {
    const now = ctx.clock.now();
    const expired = { now, idleSince: now - ctx.policy.sessionIdle - grace };
    if ((await ctx.read.sessions.countExpired(expired, 1)) === 0) return count;
    const { ended } = await ctx.transaction((tx) =>
      endSessions(ctx, tx, { expired, limit: batch }, 'expired'),
    );
    count += ended.length;
    if (ended.length < batch) return count;
  }
}
