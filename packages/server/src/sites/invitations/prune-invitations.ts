import type { Context } from '../../kernel/context.ts';
import { keepInvitations } from './invitation.ts';
import { sendsCount } from './send-limits.ts';

const batch = 500;

/** Forgets invitations to which nothing has happened for long, and sends that count no more. How many invitations. */
export async function pruneInvitations(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  await ctx.transaction((tx) => tx.invitations.removeSends(now - sendsCount));
  let count = 0;
  for (;;) {
    const removed = await ctx.transaction((tx) => tx.invitations.removeOld(now - keepInvitations, batch));
    count += removed;
    if (removed < batch) return count;
  }
}
