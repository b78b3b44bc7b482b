import type { Context } from '../../kernel/context.ts';

const day = 24 * 3600 * 1000;

/** Keeps nothing any longer for a destination that no server has used for a day. */
export function forgetRelays(ctx: Context): Promise<void> {
  return ctx.transaction((tx) => tx.relays.forget(ctx.clock.since(day)));
}
