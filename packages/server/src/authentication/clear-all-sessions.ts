import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { type ClosedSessions, closeSessions } from '../sessions/close-sessions.ts';
import type { Session } from '../sessions/session.ts';

/**
 * ClearAllSessionsExceptThemselves: the caller's other sessions, or for an admin everybody's. How many were closed, and
 * a position of the log from which on they are refused. Throws NO_PERMISSIONS.
 */
export async function clearAllSessions(
  ctx: Context,
  input: {
    /** The caller's, which stays open. */
    readonly session: Session;
    readonly accountId: AccountId;
    readonly scope: 'own' | 'all';
    readonly admin: boolean;
  },
): Promise<ClosedSessions> {
  const { session, accountId, scope, admin } = input;
  const except = session.id;
  if (scope === 'own') return closeSessions(ctx, { accountId, except, reason: 'cleared', by: session });
  if (!admin) throw new AppError('NO_PERMISSIONS');
  return closeSessions(ctx, { except, reason: 'admin', by: session });
}
