import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Send, sendLimits } from './send-limits.ts';

/**
 * Counts a send and checks the limits. The transaction must have locked the site and the sender, and the recipient is
 * locked here, so the limits hold for all instances together. Throws TOO_MANY_REQUESTS.
 */
export async function noteSend(ctx: Context, tx: Transaction, send: Send): Promise<void> {
  const now = ctx.clock.now();
  // All sites wait here for each other when they write to the same person.
  await tx.mailboxes.lock(ctx.mailBox.mark(send.subject));
  for (const limit of sendLimits[send.kind]) {
    const since = await tx.invitations.limitedSince(send, limit, ctx.clock.since(limit.within));
    if (since === undefined) continue;
    throw new AppError('TOO_MANY_REQUESTS', {
      retryAfter: Math.max(1, Math.ceil(ctx.clock.remaining(since + limit.within, limit.within) / 1000)),
    });
  }
  await tx.invitations.noteSend(send, now);
}
