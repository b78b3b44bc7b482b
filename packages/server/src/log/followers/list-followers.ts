import type { Context } from '../../kernel/context.ts';
import { unixSeconds } from '../../kernel/time.ts';
import { awaitConfirmation, type FollowerView } from './await-confirmation.ts';
import type { Follower } from './follower.ts';

/** A follower and how far it is behind. */
export interface ListedFollower extends Follower {
  /** How many entries it has not confirmed, and the age of the oldest in seconds; both 0 where there are none. */
  readonly lag: { readonly entries: number; readonly seconds: number };
}

/** How long connected followers have to answer with their position. Milliseconds. */
const patience = 1000;

/** All known followers, connected or gone, with their present positions. */
export async function listFollowers(ctx: Context, view: FollowerView): Promise<ListedFollower[]> {
  const { head } = await ctx.read.log.state();
  const { signal } = new AbortController();
  await awaitConfirmation(ctx, view, { seq: head, timeout: patience, signal });
  const followers = await view.list(true);
  return Promise.all(
    followers.map(async (follower) => ({ ...follower, lag: await lagOf(ctx, follower, head) })),
  );
}

async function lagOf(ctx: Context, { position }: Follower, head: number): Promise<ListedFollower['lag']> {
  if (position >= head) return { entries: 0, seconds: 0 };
  const [oldest] = await ctx.read.log.list(position, 1);
  const at = oldest?.at ?? unixSeconds(ctx.clock.now());
  return { entries: head - position, seconds: Math.max(0, unixSeconds(ctx.clock.now()) - at) };
}
