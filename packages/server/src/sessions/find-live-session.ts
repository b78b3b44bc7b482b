import type { Context } from '../kernel/context.ts';
import type { SessionId } from '../kernel/ids.ts';
import { isLive, type SessionMoment } from './session.ts';

/** The session with its account, as committed now; undefined if it is not live or its account may not sign in. */
export async function findLiveSession(ctx: Context, id: SessionId): Promise<SessionMoment | undefined> {
  const moment = await ctx.read.sessions.find(id);
  if (moment === undefined || !moment.accountActive) return undefined;
  return isLive(moment.session, ctx.clock, ctx.sessionIdle()) ? moment : undefined;
}
