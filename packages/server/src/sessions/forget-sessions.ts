import type { Context } from '../kernel/context.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';

/** Small enough that nobody waits for a step: each session is in several indexes. */
const batch = 100;
/** The most by which the clock of the instance that closed a session may differ from that of the log's first entry. */
const clockMargin = 120_000;

/**
 * Deletes the sessions whose time of retention is over, in small steps. One whose end the revocation log still tells
 * stays. Returns how many were deleted.
 */
export async function forgetSessions(ctx: Context): Promise<number> {
  const { sessionRetention } = ctx.policy;
  if (sessionRetention === Number.POSITIVE_INFINITY) return 0;
  const { after, upTo } = ctx.clock.since(sessionRetention);
  const kept = { after: Math.min(after, await timeOfLog(ctx)), upTo };
  return runInBatches(batch, (limit) => ctx.transaction((tx) => tx.sessions.removeClosed(kept, limit)));
}

/** No entry of the log is about a session that was closed before this time. Infinite where the log is empty. */
async function timeOfLog({ read: { log } }: Context): Promise<number> {
  const { pruned } = await log.state();
  const [first] = await log.list(pruned, 1);
  return first === undefined ? Number.POSITIVE_INFINITY : first.at * 1000 - clockMargin;
}
