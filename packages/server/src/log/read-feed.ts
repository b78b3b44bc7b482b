import type { Context } from '../kernel/context.ts';
import { unixSeconds } from '../kernel/time.ts';
import type { Entry } from './entry.ts';
import type { LogState } from './store.ts';

/** A part of the feed. */
export interface FeedPage<Entries> {
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
  readonly entries: Entries;
}

export const feedPageSize = 1000;

/**
 * The entries after a position, of that log where it is named. A reader without one, or with one that cannot be resumed (entries after it were
 * forgotten, or the log never reached it), gets a snapshot: all entries that may still matter.
 */
export function readFeed(
  ctx: Context,
  after: number | undefined,
  log?: string,
): Promise<FeedPage<readonly Entry[]>> {
  const list = async (from: number) => {
    const entries = await ctx.read.log.list(from, feedPageSize);
    return { first: entries[0]?.seq, last: entries.at(-1)?.seq, entries };
  };
  return readPage(ctx, list, after, log);
}

/** As `readFeed`, with the entries as JSON texts with commas between. */
export function readFeedText(ctx: Context, after: number | undefined): Promise<FeedPage<string>> {
  const list = async (from: number) => {
    const { first, last, text = '' } = (await ctx.read.log.listText(from, feedPageSize)) ?? {};
    return { first, last, entries: text };
  };
  return readPage(ctx, list, after);
}

interface Part<Entries> {
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly entries: Entries;
}

async function readPage<Entries>(
  ctx: Context,
  list: (after: number) => Promise<Part<Entries>>,
  after: number | undefined,
  log?: string,
): Promise<FeedPage<Entries>> {
  for (;;) {
    const state = await ctx.read.log.state();
    const snapshot = !canResume(state, after) || (log !== undefined && log !== state.log);
    const from = snapshot ? state.pruned : after!;
    const { first, last, entries } = await list(from);
    // The log was pruned between the two reads.
    if (first !== undefined && first !== from + 1) continue;
    const position = last ?? from;
    const head = Math.max(state.head, position);
    const page = { position, head, time: unixSeconds(ctx.clock.now()), log: state.log, entries };
    return snapshot ? { snapshot, from, ...page } : { snapshot, ...page };
  }
}

function canResume(state: LogState, after: number | undefined): boolean {
  return after !== undefined && after >= state.pruned && after <= state.head;
}
