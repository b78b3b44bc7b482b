import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import { type ClosedSessions, closeSessions } from '../sessions/close-sessions.ts';

/**
 * ClearAllSessionsExceptThemselves: the caller's other sessions, or for an admin everybody's. How many were closed, and
 * a position of the log from which on they are refused. Throws NO_PERMISSIONS.
 */
export async function clearAllSessions(
  ctx: Context,
  input: {
    readonly except: SessionId;
    readonly accountId: AccountId;
    readonly scope: 'own' | 'all';
    readonly admin: boolean;
  },
): Promise<ClosedSessions> {
  const { except, accountId, scope, admin } = input;
  if (scope === 'own') return closeSessions(ctx, { accountId, except, reason: 'cleared' });
  if (!admin) throw new AppError('NO_PERMISSIONS');
  return closeSessions(ctx, { except, reason: 'admin' });
}
