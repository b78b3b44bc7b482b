import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import { closeSession } from '../sessions/close-session.ts';
import type { Session } from '../sessions/session.ts';

/**
 * ClearSessionById: closes one of the caller's own sessions, or any for an admin. Throws NOT_FOUND when there is no
 * such session, NO_PERMISSIONS when it is somebody else's. A position of the log from which on it is refused.
 */
export async function clearSession(
  ctx: Context,
  input: {
    readonly sessionId: SessionId;
    readonly accountId: AccountId;
    readonly admin: boolean;
    readonly session: Session;
  },
): Promise<number> {
  const found = await ctx.read.sessions.find(input.sessionId);
  if (found === undefined) throw new AppError('NOT_FOUND');
  const own = found.session.accountId === input.accountId;
  if (!own && !input.admin) throw new AppError('NO_PERMISSIONS');
  const { seq } = await closeSession(ctx, {
    sessionId: input.sessionId,
    reason: own ? 'closed' : 'admin',
    by: input.session,
  });
  return seq;
}
