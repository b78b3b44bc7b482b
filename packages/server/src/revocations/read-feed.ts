import type { Context } from '../kernel/context.ts';
import { unixSeconds } from '../kernel/time.ts';
import type { Entry, EntryText } from './entry.ts';
import type { LogState } from './store.ts';

/** A part of the feed. */
export interface FeedPage<Item> {
  /** Whether the reader forgets all it knew and begins at `from`. */
  readonly snapshot: boolean;
  readonly from?: number;
  /** Where the reader stands after these entries. */
  readonly position: number;
  readonly head: number;
  /** Unix seconds by the server's clock. */
  readonly time: number;
  /** Which log it is. */
  readonly log: string;
  readonly entries: readonly Item[];
}

export const feedPageSize = 1000;

/**
 * The entries after a position, of that log where it is named. A reader without one, or with one that cannot be resumed (entries after it were
 * forgotten, or the log never reached it), gets a snapshot: all entries that may still matter.
 */
export function readFeed(ctx: Context, after: number | undefined, log?: string): Promise<FeedPage<Entry>> {
  return readPage(ctx, (from, limit) => ctx.read.revocations.list(from, limit), after, log);
}

/** As `readFeed`, with the entries as texts. */
export function readFeedTexts(ctx: Context, after: number | undefined): Promise<FeedPage<EntryText>> {
  return readPage(ctx, (from, limit) => ctx.read.revocations.listTexts(from, limit), after);
}

async function readPage<Item extends { readonly seq: number }>(
  ctx: Context,
  list: (after: number, limit: number) => Promise<Item[]>,
  after: number | undefined,
  log?: string,
): Promise<FeedPage<Item>> {
  for (;;) {
    const state = await ctx.read.revocations.state();
    const snapshot = !canResume(state, after) || (log !== undefined && log !== state.log);
    const from = snapshot ? state.pruned : after!;
    const entries = await list(from, feedPageSize);
    // The log was pruned between the two reads.
    if (entries.length > 0 && entries[0]!.seq !== from + 1) continue;
    const position = entries.at(-1)?.seq ?? from;
    const head = Math.max(state.head, position);
    const page = { position, head, time: unixSeconds(ctx.clock.now()), log: state.log, entries };
    return snapshot ? { snapshot, from, ...page } : { snapshot, ...page };
  }
}

function canResume(state: LogState, after: number | undefined): boolean {
  return after !== undefined && after >= state.pruned && after <= state.head;
}
