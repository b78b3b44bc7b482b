import type { Context } from '../../kernel/context.ts';
import type { Follower } from './follower.ts';

/** Where a waiting caller learns of followers: what this process hears, or only the database. */
export interface FollowerView {
  /** All followers: with `fresh` as they are now, otherwise as of a moment ago. */
  list(fresh: boolean): Promise<readonly Follower[]>;
  /** Resolves when there may be news, after this many milliseconds, or with the signal. */
  waitForChange(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The services that have applied a position of the log, and those that have not: a name once for each follower. */
export interface Confirmation {
  readonly seq: number;
  readonly confirmed: readonly string[];
  readonly pending: readonly string[];
}

/** How often to look for what other processes hear. Milliseconds. */
const lookEvery = 50;

/**
 * Waits until every follower that may decide by itself has applied the position, or no longer decides; at most `timeout`
 * milliseconds. The position must be committed. A follower that comes later is not waited for: the first thing it reads
 * includes the position. Throws UNAVAILABLE when the database does not answer.
 */
export async function awaitConfirmation(
  ctx: Context,
  view: FollowerView,
  input: { readonly seq: number; readonly timeout: number; readonly signal: AbortSignal },
): Promise<Confirmation> {
  const { seq, timeout, signal } = input;
  const deadline = performance.now() + timeout;
  let followers = (await view.list(true)).filter(({ connected }) => connected);
  const isPending = ({ position }: Follower) => position < seq;
  // On its own a follower with a stream reports its position only at intervals.
  if (followers.some(isPending)) await ctx.transaction((tx) => tx.log.ask(seq));
  for (;;) {
    const left = deadline - performance.now();
    if (!followers.some(isPending) || left <= 0 || signal.aborted) break;
    await view.waitForChange(Math.min(left, lookEvery), signal);
    const now = new Map((await view.list(false)).map((follower) => [keyOf(follower), follower]));
    // A follower that has confirmed stays confirmed, even if it is gone by now.
    followers = followers
      .map((before) =>
        isPending(before) ? (now.get(keyOf(before)) ?? { ...before, connected: false }) : before,
      )
      .filter((follower) => follower.connected || !isPending(follower));
  }
  const names = (of: readonly Follower[]) => of.map(({ service }) => service);
  return {
    seq,
    confirmed: names(followers.filter((follower) => !isPending(follower))),
    pending: names(followers.filter(isPending)),
  };
}

function keyOf({ service, id }: Follower): string {
  return `${service} ${id}`;
}
