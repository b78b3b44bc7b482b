import type { Context } from '../../kernel/context.ts';
import type { Follower } from './follower.ts';

/** How whoever waits learns of followers: from what this process hears, or from the database alone. */
export interface FollowerView {
  /** All followers. `fresh`: as of now, and not of a moment ago. */
  list(fresh: boolean): Promise<readonly Follower[]>;
  /** Resolves when there may be news, after so many milliseconds, or with the signal. */
  changed(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Who has applied a position of the log, and who has not: the services' names, once for each of their followers. */
export interface Confirmation {
  readonly seq: number;
  readonly confirmed: readonly string[];
  readonly pending: readonly string[];
}

/** What other processes hear is looked for this often. Milliseconds. */
const lookEvery = 50;

/**
 * Waits until every follower that may decide by itself has applied the position, or is known to decide nothing any
 * more; at most `timeout` milliseconds. The position must be committed. Those who come later are not waited for: what
 * they are told first holds the position. Throws UNAVAILABLE when the database does not answer.
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
  // A stream says by itself how far it is only now and then.
  if (followers.some(isPending)) await ctx.transaction((tx) => tx.log.ask(seq));
  for (;;) {
    const left = deadline - performance.now();
    if (!followers.some(isPending) || left <= 0 || signal.aborted) break;
    await view.changed(Math.min(left, lookEvery), signal);
    const now = new Map((await view.list(false)).map((follower) => [keyOf(follower), follower]));
    // One that has confirmed stays so, wherever it is by now.
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
