import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import { requireFresh } from './require-fresh.ts';
import type { CloseReason, Session, SessionMoment } from './session.ts';

export interface CloseSessionInput {
  readonly sessionId: SessionId;
  readonly accountId?: AccountId;
  readonly reason: CloseReason;
  /** The caller's session. The command line has none. */
  readonly by?: Session;
}

/**
 * Closes a session and returns it as it is then, also when it had ended before. From position `seq` of the log on it is
 * refused. Throws NOT_FOUND when there is no such session, or it is not of the account that was named. Throws
 * REAUTH_REQUIRED for another account's session when the caller has not proven presence lately.
 */
export async function closeSession(
  ctx: Context,
  input: CloseSessionInput,
): Promise<{ readonly moment: SessionMoment; readonly seq: number }> {
  const { sessionId, accountId, reason, by } = input;
  const found = await ctx.read.sessions.find(sessionId);
  if (found === undefined || (accountId !== undefined && found.session.accountId !== accountId)) {
    throw new AppError('NOT_FOUND');
  }
  if (by !== undefined && by.accountId !== found.session.accountId) await requireFresh(ctx, ctx.read, by);
  if (found.session.closeTime !== undefined) return { moment: found, seq: found.rev };
  const ended = await ctx.endSession(sessionId, reason);
  if (ended !== undefined) return { moment: { ...found, session: ended.session }, seq: ended.seq };
  // Another request closed it first.
  const moment = (await ctx.read.sessions.find(sessionId)) ?? found;
  return { moment, seq: moment.rev };
}
