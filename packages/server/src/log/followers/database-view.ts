import type { Context } from '../../kernel/context.ts';
import type { FollowerView } from './await-confirmation.ts';

/** The followers in the database, for a process that no follower talks to. */
export function databaseView(ctx: Context): FollowerView {
  return {
    list: () => ctx.read.followers.list(),
    waitForChange: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
