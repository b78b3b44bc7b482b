import type { CheckAnswer, Network, Of, Operation } from './history.ts';

export const server: Of<'start'> = { what: 'start', node: 'server', kind: 'server', at: 0 };
export const verifier: Of<'start'> = {
  what: 'start',
  node: 'v',
  kind: 'verifier',
  at: 0,
  maxStaleness: 4000,
};

/** Checks of session `a` take a millisecond by default. */
export const check = (
  node: string,
  start: number,
  answer: CheckAnswer,
  rest: Partial<Of<'check'>> = {},
): Operation => ({
  what: 'check',
  node,
  token: 'a/1',
  start,
  end: start + 1,
  answer,
  ...rest,
});
/** A closing of session `a` that was asked ten milliseconds before. */
export const close = (
  end: number,
  answer: Of<'end'>['answer'] = 'done',
  rest: Partial<Of<'end'>> = {},
): Operation => ({
  what: 'end',
  way: 'close',
  session: 'a',
  tokens: [],
  start: end - 10,
  end,
  answer,
  ...rest,
});
export const change = (end: number): Operation => close(end, 'done', { way: 'change', tokens: ['a/1'] });
export const network = (at: number, state: Network, node = 'v', delay = 0): Operation => ({
  what: 'network',
  node,
  state,
  at,
  delay,
});
export const told = (session: string, seq: number, at = 1000): Operation => ({
  what: 'told',
  node: 'v',
  session,
  seq,
  at,
});
/** An entry that ends nothing. */
export const none = (seq: number) => ({ seq, sessions: [] });
export const log = (at: number, sessions: readonly string[], rest: Partial<Of<'log'>> = {}): Operation => ({
  what: 'log',
  at,
  pruned: 0,
  head: sessions.length,
  entries: sessions.map((session, i) => ({ seq: i + 1, sessions: [session] })),
  ...rest,
});
export const mixed = (answer: CheckAnswer): Operation => ({
  what: 'mixed',
  node: 'v',
  token: 'a/1',
  start: 10,
  answer,
});
export const pause = (from: number, to: number): Operation => ({ what: 'pause', from, to });
/** What a carrier has, as `<seq>:<session>` each. */
export const stream = (...events: readonly string[]): Operation => ({
  what: 'stream',
  at: 20_000,
  events: events.map((event) => {
    const [seq, session = ''] = event.split(':');
    return { id: `log:${seq}:0`, session };
  }),
});
