import type { Context } from '../../kernel/context.ts';
import type { FollowerView } from './await-confirmation.ts';

/** Followers as the database tells of them, for a process that none of them speaks to. */
export function databaseView(ctx: Context): FollowerView {
  return {
    list: () => ctx.read.followers.list(),
    changed: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  };
}
