import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId, SessionId } from '../kernel/ids.ts';
import { isLive } from './session.ts';
import { checkSessionData, type SessionData } from './session-data.ts';

/**
 * Replaces the data of a live session by what `change` makes of it. Concurrent changes are all kept. Tokens hold none of
 * it, so they stay as they are, and the log gets no entry. Throws NOT_FOUND when it is not a session of the account,
 * CONFLICT when it has ended, and INVALID_DATA when the data would be too large.
 */
export function changeSessionData(
  ctx: Context,
  input: {
    readonly sessionId: SessionId;
    readonly accountId: AccountId;
    readonly change: (present: SessionData) => SessionData;
  },
): Promise<SessionData> {
  const { sessionId, accountId, change } = input;
  return ctx.transaction(async (tx) => {
    const session = await tx.sessions.lock(sessionId);
    if (session?.accountId !== accountId) throw new AppError('NOT_FOUND');
    if (!isLive(session, ctx.clock, ctx.sessionIdle())) {
      throw new AppError('CONFLICT', { detail: 'The session has ended.' });
    }
    const data = checkSessionData(change(session.data));
    if (!isDeepStrictEqual(data, session.data)) await tx.sessions.setData(sessionId, data);
    return data;
  });
}
