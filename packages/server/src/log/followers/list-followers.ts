import type { Context } from '../../kernel/context.ts';
import { unixSeconds } from '../../kernel/time.ts';
import { awaitConfirmation, type FollowerView } from './await-confirmation.ts';
import type { Follower } from './follower.ts';

/** A follower and how far it is behind. */
export interface ListedFollower extends Follower {
  /** Entries that it has not said to have applied, and the age of the oldest of them in seconds: 0 where there is none. */
  readonly lag: { readonly entries: number; readonly seconds: number };
}

/** Those that are connected are asked for their position, and given so long to say it. Milliseconds. */
const patience = 1000;

/** All followers that are known, connected or gone, with their positions as they are now. */
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
