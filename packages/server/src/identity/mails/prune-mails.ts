import { maxSkew } from '../../kernel/clock/clock.ts';
import type { Context } from '../../kernel/context.ts';
import { runInBatches } from '../../kernel/run-in-batches.ts';
import { countedFor } from './mail-limit.ts';

/** How long an expired code is kept, so that its owner reads that it has expired. */
const keepCodes = 7 * 24 * 3600_000;
const batch = 200;

/**
 * Deletes the mails whose time of retention is over, codes that expired a week ago, and what was counted for mailboxes a
 * day ago, in small steps. A mail that
 * waits to be sent stays. A code of a clock that was ahead is deleted as soon as its life is over: its time must not come
 * once more. Returns how many mails were deleted.
 */
export async function pruneMails(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  const setBack = ctx.clock.setBack();
  const ahead = setBack && { after: now + maxSkew, life: now - setBack.to };
  const { mailRetention } = ctx.policy;
  await runInBatches(batch, (limit) =>
    ctx.transaction((tx) => tx.codes.removeExpired(now - keepCodes, limit, ahead)),
  );
  const counted = ctx.clock.since(countedFor);
  await runInBatches(batch, (limit) => ctx.transaction((tx) => tx.mailboxes.removeOld(counted, limit)));
  if (mailRetention === Number.POSITIVE_INFINITY) return 0;
  const kept = ctx.clock.since(mailRetention);
  return runInBatches(batch, (limit) => ctx.transaction((tx) => tx.mails.removeOver(kept, limit)));
}
