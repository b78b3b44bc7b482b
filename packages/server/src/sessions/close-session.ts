import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import { endSessions } from './end-sessions.ts';
import type { CloseReason, SessionMoment } from './session.ts';

/**
 * Closes a session and returns it closed; one that had ended before is returned as it is. `seq` is a position of the log
 * from which on it is refused. Throws NOT_FOUND when there is no such session, or when an account is named and it is
 * not that account's.
 */
export async function closeSession(
  ctx: Context,
  input: { readonly sessionId: SessionId; readonly accountId?: AccountId; readonly reason: CloseReason },
): Promise<{ readonly moment: SessionMoment; readonly seq: number }> {
  const { sessionId, accountId, reason } = input;
  const found = await ctx.read.sessions.find(sessionId);
  if (found === undefined || (accountId !== undefined && found.session.accountId !== accountId)) {
    throw new AppError('NOT_FOUND');
  }
  if (found.session.closeTime !== undefined) return { moment: found, seq: found.rev };
  const { seq } = await ctx.transaction((tx) => endSessions(ctx, tx, { ids: [sessionId] }, reason));
  const moment = (await ctx.read.sessions.find(sessionId)) ?? found;
  // Somebody else may have been first.
  return { moment, seq: seq || moment.rev };
}
