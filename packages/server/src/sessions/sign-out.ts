import type { Context } from '../kernel/context.ts';
import type { SessionId } from '../kernel/ids.ts';
import { endSessions } from './end-sessions.ts';

/** Closes the session if it is open. A position of the log from which on it is refused. */
export async function signOut(ctx: Context, sessionId: SessionId): Promise<number> {
  const { seq } = await ctx.transaction((tx) => endSessions(ctx, tx, { ids: [sessionId] }, 'signout'));
  return seq || (await ctx.read.revocations.state()).head;
}
