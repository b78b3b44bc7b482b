import { maxSkew } from '../../kernel/clock/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { runInBatches } from '../../kernel/run-in-batches.ts';

const day = 24 * 3600_000;
/** How long the outcome of a mail can be looked up. */
const keep = 30 * day;
/** How long an expired code is kept, so that its owner reads that it has expired. */
const keepCodes = 7 * day;
const batch = 500;

/**
 * Deletes mails that were settled a month ago, and codes that expired a week ago; returns how many mails. A code of a clock
 * that was ahead is deleted as soon as its life is over: its time must not come once more.
 */
export async function pruneMails(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  const setBack = ctx.clock.setBack();
  const ahead = setBack && { after: now + maxSkew, life: now - setBack.to };
  await ctx.transaction((tx) => tx.codes.removeExpired(now - keepCodes, ahead));
  const kept = ctx.clock.since(keep);
  return runInBatches(batch, (limit) => ctx.transaction((tx) => tx.mails.removeSettled(kept, limit)));
}
