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

/** Closes all open sessions of an account, or of everybody. How many this call closed. */
export function closeSessions(ctx: Context, input: CloseSessionsInput): Promise<number> {
  const { reason, ...filter } = input;
  return ctx.transaction(async (tx) => {
    // Sign-ins of the account wait, or have committed and are closed as well.
    if (filter.accountId !== undefined) await tx.accounts.lock(filter.accountId);
    return (await endSessions(ctx, tx, filter, reason)).length;
  });
}
