import { allOf, type Network, type Operation } from '../history.ts';

/** How a node could be reached from one moment to the next. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly state: Network;
  readonly delay: number;
}

export interface Node {
  readonly name: string;
  readonly kind: 'server' | 'verifier';
  /** When it began. */
  readonly at: number;
  readonly maxStaleness: number;
  /** In order, without gaps, from its begin to the end of the run. */
  readonly spans: readonly Span[];
}

/** A cause for which a token is refused. */
export interface Ending {
  readonly way: 'close' | 'change';
  /** From then on it may be refused. */
  readonly start: number;
  /** From then on it is known to have ended; `Infinity`: nobody knows whether it has. */
  readonly known: number;
}

/** A history, looked up by what the rules ask for. */
export interface World {
  readonly history: readonly Operation[];
  /** When the last thing happened. */
  readonly end: number;
  node(name: string): Node;
  nodes(): readonly Node[];
  endingsOf(token: string): readonly Ending[];
  /** Milliseconds between two moments in which a process of the run was held up. */
  pausedBetween(from: number, to: number): number;
}

/** The session that a token belongs to. */
export function sessionOf(token: string): string {
  return token.split('/')[0]!;
}

export function worldOf(history: readonly Operation[]): World {
  const end = history.reduce((last, operation) => Math.max(last, lastMomentOf(operation)), 0);
  const nodes = new Map(allOf(history, 'start').map((start) => [start.node, nodeOf(history, start, end)]));
  const closes = new Map<string, Ending[]>();
  const changes = new Map<string, Ending[]>();
  for (const { way, session, tokens, start, end: answered, answer } of allOf(history, 'end')) {
    const ending = { way, start, known: answer === 'done' ? answered : Number.POSITIVE_INFINITY };
    if (way === 'close') push(closes, session, ending);
    else for (const token of tokens) push(changes, token, ending);
  }
  // A closing whose answer was lost is known from the moment at which a server refused the session.
  for (const { node, token, end: answered, answer } of allOf(history, 'check')) {
    if (answer !== 'refused' || nodes.get(node)?.kind !== 'server') continue;
    const session = sessionOf(token);
    const start = Math.min(...(closes.get(session) ?? []).map((ending) => ending.start));
    if (start < answered) push(closes, session, { way: 'close', start, known: answered });
  }
  const pauses = merged(allOf(history, 'pause'));
  return {
    history,
    end,
    nodes: () => [...nodes.values()],
    node(name) {
      const node = nodes.get(name);
      if (node === undefined) throw new TypeError(`the history has no start of ${name}`);
      return node;
    },
    endingsOf: (token) => [...(closes.get(sessionOf(token)) ?? []), ...(changes.get(token) ?? [])],
    pausedBetween: (from, to) =>
      pauses.reduce(
        (sum, pause) => sum + Math.max(0, Math.min(to, pause.to) - Math.max(from, pause.from)),
        0,
      ),
  };
}

function nodeOf(
  history: readonly Operation[],
  { node: name, kind, at, maxStaleness = 0 }: Extract<Operation, { what: 'start' }>,
  end: number,
): Node {
  const changes = allOf(history, 'network').filter(({ node }) => node === name);
  const spans = changes.map(({ state, at: from, delay = 0 }, i): Span => {
    return { from, to: changes[i + 1]?.at ?? end, state, delay };
  });
  const first = spans[0]?.from ?? end;
  if (first > at) spans.unshift({ from: at, to: first, state: 'good', delay: 0 });
  return { name, kind, at, maxStaleness, spans };
}

function lastMomentOf(operation: Operation): number {
  if (operation.what === 'pause') return operation.to;
  if ('end' in operation) return operation.end;
  return 'at' in operation ? operation.at : operation.start;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** The same time as spans that do not overlap, since several processes may have been held up at once. */
function merged(pauses: readonly { readonly from: number; readonly to: number }[]) {
  const result: { from: number; to: number }[] = [];
  for (const { from, to } of pauses.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else result.push({ from, to });
  }
  return result;
}
