import type { Context } from '../../kernel/context.ts';
import { keepInvitations } from './invitation.ts';
import { keepSends } from './send-limits.ts';

const batch = 500;

/**
 * Deletes invitations that have not changed for long, and sends that no longer count; returns how many
 * invitations.
 */
export async function pruneInvitations(ctx: Context): Promise<number> {
  const now = ctx.clock.now();
  await ctx.transaction((tx) => tx.invitations.removeSends(now - keepSends));
  let count = 0;
  for (;;) {
    const removed = await ctx.transaction((tx) => tx.invitations.removeOld(now - keepInvitations, batch));
    count += removed;
    if (removed < batch) return count;
  }
}
