import type { Context } from '../kernel/context.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import { runInBatches } from '../kernel/run-in-batches.ts';
import { endSessions } from './end-sessions.ts';
import { requireFresh } from './require-fresh.ts';
import type { CloseReason, Session } from './session.ts';

export interface CloseSessionsInput {
  /** The account whose sessions are closed; all accounts when absent. */
  readonly accountId?: AccountId;
  /** The session that stays open. */
  readonly except?: SessionId;
  readonly reason: CloseReason;
  /** The caller's session. The command line has none. */
  readonly by?: Session;
}

/** How many sessions were closed, and the position of the log from which on they are refused. */
export interface ClosedSessions {
  readonly closed: number;
  readonly seq: number;
}

/** Small enough not to hold the log, or block the event loop, for long. */
const batch = 500;

/**
 * Closes all open sessions of an account in one transaction, or those of all accounts in batches: after an error some
 * are closed, and a repetition closes the rest. A session that is opened meanwhile may be closed too, because the clocks
 * of several servers cannot say which came first. Throws REAUTH_REQUIRED for sessions of others when the caller has not
 * proven presence lately.
 */
export async function closeSessions(ctx: Context, input: CloseSessionsInput): Promise<ClosedSessions> {
  const { by, ...rest } = input;
  const { accountId } = rest;
  if (by !== undefined && accountId !== by.accountId) await requireFresh(ctx, ctx.read, by);
  const { closed, seq } = await (accountId === undefined
    ? closeAll(ctx, rest)
    : closeOwn(ctx, { ...rest, accountId }));
  return { closed, seq: seq || (await ctx.read.log.state()).head };
}

async function closeOwn(
  ctx: Context,
  { reason, ...filter }: Omit<CloseSessionsInput, 'by'> & { readonly accountId: AccountId },
): Promise<ClosedSessions> {
  const { ended, seq } = await ctx.transaction(async (tx) => {
    // A sign-in of the account waits for this, or has committed and its session is closed too.
    await tx.accounts.lock(filter.accountId);
    return endSessions(ctx, tx, filter, reason);
  });
  return { closed: ended.length, seq };
}

async function closeAll(
  ctx: Context,
  { reason, ...filter }: Omit<CloseSessionsInput, 'by'>,
): Promise<ClosedSessions> {
  let last = 0;
  const closed = await runInBatches(batch, async (limit) => {
    const { ended, seq } = await ctx.transaction((tx) => endSessions(ctx, tx, { ...filter, limit }, reason));
    last = seq || last;
    return ended.length;
  });
  return { closed, seq: last };
}
