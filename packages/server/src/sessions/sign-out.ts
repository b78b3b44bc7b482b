import type { Context } from '../kernel/context.ts';
import type { SessionId } from '../kernel/ids.ts';
import { endSessions } from './end-sessions.ts';

/** Closes the session if it is open. */
export async function signOut(ctx: Context, sessionId: SessionId): Promise<void> {
  await ctx.transaction((tx) => endSessions(ctx, tx, { ids: [sessionId] }, 'signout'));
}
