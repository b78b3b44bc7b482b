import type { Context } from '../../kernel/context.ts';
import { runInBatches } from '../../kernel/run-in-batches.ts';
import { keepInvitations } from './invitation.ts';
import { keepSends } from './send-limits.ts';

const batch = 500;

/**
 * Deletes invitations that have not changed for long, and sends that no longer count; returns how many
 * invitations.
 */
export async function pruneInvitations(ctx: Context): Promise<number> {
  const [kept, sends] = [ctx.clock.since(keepInvitations), ctx.clock.since(keepSends)];
  await ctx.transaction((tx) => tx.invitations.removeSends(sends));
  return runInBatches(batch, (limit) => ctx.transaction((tx) => tx.invitations.removeOld(kept, limit)));
}
