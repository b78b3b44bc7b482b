import type { Context } from '../kernel/context.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import { endSessions } from './end-sessions.ts';
import { requireFresh } from './require-fresh.ts';
import type { CloseReason, Session } from './session.ts';

export interface CloseSessionsInput {
  /** Whose; everybody's when absent. */
  readonly accountId?: AccountId;
  /** The one that stays open. */
  readonly except?: SessionId;
  readonly reason: CloseReason;
  /** The caller's session. */
  readonly by: Session;
}

/** What was closed, and a position of the log from which on it is refused. */
export interface ClosedSessions {
  readonly closed: number;
  readonly seq: number;
}

/** So that one batch neither holds the log nor blocks the loop for long. */
const batch = 500;

/**
 * Closes all open sessions of an account, in one step; or everybody's, batch by batch: an error in between leaves some of
 * them closed, and a repetition closes the rest. One that is opened meanwhile may be closed as well: which came first is
 * not told by clocks, of which each server has its own. Throws REAUTH_REQUIRED where others' are closed and the caller
 * has not proven presence just now.
 */
export async function closeSessions(ctx: Context, input: CloseSessionsInput): Promise<ClosedSessions> {
  const { by, ...rest } = input;
  const { accountId } = rest;
  if (accountId !== by.accountId) await requireFresh(ctx, ctx.read, by);
  const { closed, seq } = await (accountId === undefined
    ? closeEverybodys(ctx, rest)
    : closeOwn(ctx, { ...rest, accountId }));
  return { closed, seq: seq || (await ctx.read.log.state()).head };
}

async function closeOwn(
  ctx: Context,
  { reason, ...filter }: Omit<CloseSessionsInput, 'by'> & { readonly accountId: AccountId },
): Promise<ClosedSessions> {
  const { ended, seq } = await ctx.transaction(async (tx) => {
    // Sign-ins of the account wait, or have committed and are closed as well.
    await tx.accounts.lock(filter.accountId);
    return endSessions(ctx, tx, filter, reason);
  });
  return { closed: ended.length, seq };
}

async function closeEverybodys(
  ctx: Context,
  { reason, ...filter }: Omit<CloseSessionsInput, 'by'>,
): Promise<ClosedSessions> {
  const part = { ...filter, limit: batch };
  let [closed, last] = [0, 0];
  for (;;) {
    const { ended, seq } = await ctx.transaction((tx) => endSessions(ctx, tx, part, reason));
    closed += ended.length;
    last = seq || last;
    if (ended.length < batch) return { closed, seq: last };
  }
}
