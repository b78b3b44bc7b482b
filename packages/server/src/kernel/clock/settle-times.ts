import type { Context } from '../context.ts';
import { runInBatches } from '../run-in-batches.ts';
import { maxSkew } from './clock.ts';

const hour = 3600_000;
const batch = 200;
/** A clock that says a time before this was written is not set at all. Unix milliseconds: 2026. */
const written = 1_767_225_600_000;

/**
 * Once the clock has gone on for an hour since it was set back, it counts as right: what lies ahead of it is stored as
 * what it counts as, so that nothing holds once more when its time comes. Sooner where the limits of sessions are short.
 * Returns how many rows.
 */
export async function settleTimes(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  const setBack = ctx.clock.setBack();
  const patience = Math.min(hour, ctx.policy.sessionIdle / 4, ctx.policy.sessionAbsolute / 4);
  if (setBack === undefined || now < written || now - setBack.to < patience) return 0;
  const range = { ahead: now + maxSkew, to: setBack.to };
  return runInBatches(batch, (limit) => ctx.transaction((tx) => tx.clock.settle(range, limit)));
}
