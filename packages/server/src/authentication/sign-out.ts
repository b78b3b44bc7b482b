import type { Context } from '../kernel/context.ts';
import type { SessionId } from '../kernel/ids.ts';

/** Closes the session if it is open. A position of the log from which on it is refused. */
export async function signOut(ctx: Context, sessionId: SessionId): Promise<number> {
  const ended = await ctx.ends.end(ctx, sessionId, 'signout');
  return ended?.seq ?? (await ctx.read.log.state()).head;
}
