import { maxSkew } from '../kernel/clock/clock.ts';
import type { Context } from '../kernel/context.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';

const hour = 3600_000;
const batch = 200;

/**
 * Once the clock has gone on for an hour since it was set back, it counts as right: the times of open sessions that lie
 * ahead of it are stored as what they count as, so that uses move them again, and their limits hold also when the clock
 * comes to those times. Sooner where the limits are short. Returns how many sessions.
 */
export async function settleTimes(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  const setBack = ctx.clock.setBack();
  const patience = Math.min(hour, ctx.policy.sessionIdle / 4, ctx.policy.sessionAbsolute / 4);
  if (setBack === undefined || now - setBack.to < patience) return 0;
  return runInBatches(batch, (limit) =>
    ctx.transaction((tx) => tx.sessions.moveBack(now + maxSkew, setBack.to, limit)),
  );
}
