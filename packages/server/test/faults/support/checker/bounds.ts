import type { Node, Span, World } from './world.ts';

/** What is promised, in milliseconds. */
export interface Bounds {
  /** Within which a verifier in contact refuses what was closed. */
  readonly closed: number;
  /** Within which a node is as before after it can be reached again. */
  readonly heal: number;
  /** For what the measuring itself takes. */
  readonly slack: number;
}

export const promised: Bounds = { closed: 1000, heal: 2000, slack: 400 };

/** The moment from which on a node must know of what was known to have ended at `known`. */
export function mustKnowFrom(node: Node, known: number, { closed, heal, slack }: Bounds): number {
  // The server answers by what is committed, and a verifier begins with all that was.
  if (node.kind === 'server' || node.at >= known) return known;
  const delay = Math.max(0, ...node.spans.map((span) => span.delay));
  const latest = known + node.maxStaleness + delay + slack;
  for (const span of node.spans) {
    if (span.state !== 'good') continue;
    const from = Math.max(known + closed, span.from + heal) + slack;
    if (from <= span.to) return Math.min(from, latest);
  }
  return latest;
}

/** Whether the node could be reached, and had been for long enough to be as before, during all of this time. */
export function wasGood(
  world: World,
  node: Node,
  from: number,
  to: number,
  { heal, slack }: Bounds,
): boolean {
  const span = node.spans.findLast((each) => each.from <= from);
  if (span?.state !== 'good' || to > span.to) return false;
  return from > span.from + heal + slack + world.pausedBetween(span.from, from);
}

/** Since when nothing has reached the node, nor does between these moments; undefined when something may have. */
export function cutSince(node: Node, from: number, to: number): number | undefined {
  let since: Span | undefined;
  const spans = node.spans.filter((span) => span.from <= to && span.to >= from);
  if (spans.some(({ state }) => state !== 'cut')) return undefined;
  for (const span of node.spans.filter((each) => each.from <= from).toReversed()) {
    if (span.state !== 'cut') break;
    since = span;
  }
  return since?.from;
}
