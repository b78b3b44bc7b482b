import type { Context } from '../../kernel/context.ts';
import { runInBatches } from '../../kernel/run-in-batches.ts';

const day = 24 * 3600_000;
/** How long the outcome of a mail can be looked up. */
const keep = 30 * day;
/** How long an expired code is kept, so that its owner reads that it has expired. */
const keepCodes = 7 * day;
const batch = 500;

/** Deletes mails that were settled a month ago, and codes that expired a week ago; returns how many mails. */
export async function pruneMails(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  await ctx.transaction((tx) => tx.codes.removeExpired(now - keepCodes));
  return runInBatches(batch, (limit) => ctx.transaction((tx) => tx.mails.removeSettled(now - keep, limit)));
}
