import type { BaseContext } from '../../kernel/context.ts';
import { runInBatches } from '../../kernel/run-in-batches.ts';
import type { LogHub } from '../log-hub.ts';

const batch = 1000;

/** The name of the destination at a URL: its parts that hold no secret. */
export function destinationOf(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}

/**
 * The log as the relay to a destination reads it. `backlog` is by how many entries of the log the destination may be
 * behind before the oldest are given up.
 */
export function createRelaySource(
  ctx: BaseContext,
  hub: LogHub,
  { name, backlog }: { readonly name: string; readonly backlog: number },
) {
  const { relays, log } = ctx.read;
  return {
    seen: () => ({ log: hub.log, position: hub.position }),
    head: async () => (await log.state()).head,
    positions: () => relays.list(name),
    entries: (from: string, after: number, limit: number) => relays.entries(from, after, limit),
    register: () => ctx.transaction((tx) => tx.relays.register(name, ctx.clock.now())),
    advance: (from: string, position: number) =>
      ctx.transaction((tx) => tx.relays.advance(name, from, position)),
    async drop() {
      let events = 0;
      await runInBatches(batch, async (limit) => {
        const dropped = await ctx.transaction((tx) => tx.relays.drop(name, backlog, limit));
        events += dropped.events;
        return dropped.entries;
      });
      return events;
    },
  };
}
