import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import { requireFresh } from './require-fresh.ts';
import type { CloseReason, Session, SessionMoment } from './session.ts';

export interface CloseSessionInput {
  readonly sessionId: SessionId;
  readonly accountId?: AccountId;
  readonly reason: CloseReason;
  /** The caller's session; nobody's on the command line. */
  readonly by?: Session;
}

/**
 * Closes a session and returns it closed; one that had ended before is returned as it is. `seq` is a position of the log
 * from which on it is refused. Throws NOT_FOUND when there is no such session, or when an account is named and it is
 * not that account's; REAUTH_REQUIRED when it is another's than the caller's, who has not proven presence just now.
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
  // Somebody else was first.
  const moment = (await ctx.read.sessions.find(sessionId)) ?? found;
  return { moment, seq: moment.rev };
}
