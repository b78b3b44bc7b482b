import type { Context } from '../kernel/context.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import { endSessions } from './end-sessions.ts';
import type { CloseReason } from './session.ts';

export interface CloseSessionsInput {
  /** Whose; everybody's when absent. */
  readonly accountId?: AccountId;
  /** The one that stays open. */
  readonly except?: SessionId;
  readonly reason: CloseReason;
}

/**
 * Closes all open sessions of an account, or of everybody. How many this call closed, and a position of the log from
 * which on they are refused.
 */
export async function closeSessions(
  ctx: Context,
  input: CloseSessionsInput,
): Promise<{ readonly closed: number; readonly seq: number }> {
  const { reason, ...filter } = input;
  const { ended, seq } = await ctx.transaction(async (tx) => {
    // Sign-ins of the account wait, or have committed and are closed as well.
    if (filter.accountId !== undefined) await tx.accounts.lock(filter.accountId);
    return endSessions(ctx, tx, filter, reason);
  });
  return { closed: ended.length, seq: seq || (await ctx.read.revocations.state()).head };
}
