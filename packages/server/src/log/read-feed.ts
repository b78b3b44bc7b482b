import type { Context } from '../kernel/context.ts';
import { unixSeconds } from '../kernel/time.ts';
import type { Entry } from './entry.ts';
import type { LogState } from './store.ts';

/** A part of the feed. */
export interface FeedPage<Entries> {
  /** Whether the reader must forget all it knew and start at `from`. */
  readonly snapshot: boolean;
  readonly from?: number;
  /** Where the reader stands after these entries. */
  readonly position: number;
  readonly head: number;
  /** Unix seconds by the server's clock. */
  readonly time: number;
  /** The name of the log. */
  readonly log: string;
  readonly entries: Entries;
}

export const feedPageSize = 1000;

/**
 * The entries after a position of the log, whose name may be given. Without a position, or when the log cannot resume
 * from it (it is another log, entries after it were deleted, or it was never reached), the answer is a snapshot: all
 * entries that may still matter. Throws an Error when an entry is missing that was not pruned: the log is damaged.
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
  for (let before: LogState | undefined; ; ) {
    const state = await ctx.read.log.state();
    const snapshot = !canResume(state, after) || (log !== undefined && log !== state.log);
    const from = snapshot ? state.pruned : after!;
    const { first, last, entries } = await list(from);
    const follows = first === undefined ? from >= state.head : first === from + 1;
    if (!follows) {
      // Pruned between the two reads? Then what is read now begins later.
      if (before?.pruned === state.pruned) throw new Error(`the revocation log lacks entry ${from + 1}`);
      before = state;
      continue;
    }
    const position = last ?? from;
    const head = Math.max(state.head, position);
    const page = { position, head, time: unixSeconds(ctx.clock.now()), log: state.log, entries };
    return snapshot ? { snapshot, from, ...page } : { snapshot, ...page };
  }
}

function canResume(state: LogState, after: number | undefined): boolean {
  return after !== undefined && after >= state.pruned && after <= state.head;
}
