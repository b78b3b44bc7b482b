import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import type { SessionData } from './session-data.ts';

/** The data of a session, also of one that has ended. Throws NOT_FOUND when it is not a session of the account. */
export async function findSessionData(
  ctx: Context,
  input: { readonly sessionId: SessionId; readonly accountId: AccountId },
): Promise<SessionData> {
  const found = await ctx.read.sessions.find(input.sessionId);
  if (found?.session.accountId !== input.accountId) throw new AppError('NOT_FOUND');
  return found.session.data;
}
