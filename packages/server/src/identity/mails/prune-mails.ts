import type { Context } from '../../kernel/context.ts';

const day = 24 * 3600_000;
/** How long it can be seen what became of a mail. */
const keep = 30 * day;
/** How long a code is told apart from none, so that its owner reads that it has expired. */
const keepCodes = 7 * day;
const batch = 500;

/** Forgets mails that were dealt with a month ago, and codes that expired a week ago. How many mails. */
export async function pruneMails(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  await ctx.transaction((tx) => tx.codes.removeExpired(now - keepCodes));
  let count = 0;
  for (;;) {
    const removed = await ctx.transaction((tx) => tx.mails.removeSettled(now - keep, batch));
    count += removed;
    if (removed < batch) return count;
  }
}
