const sid = 'AAAAAAAAAAAAAAAAAAAAAA';
const now = 1_790_000_000;

interface Message {
  readonly event: string;
  readonly data: unknown;
}

const entry = (seq: number, replaced: object = {}) => ({
  seq,
  at: now,
  subject: { session: sid },
  action: 'reject',
  reason: 'test',
  expiresAt: now + 390,
  ...replaced,
});
const cutOff = (sessions: unknown) => entry(7, { subject: { user: 42 }, sessions });
const snapshot = (from: number, entries: object[], position = from + entries.length) => ({
  event: 'snapshot',
  data: { from, position, head: position, time: now, entries },
});
const entries = (...list: object[]) => ({
  event: 'entries',
  data: { entries: list, head: 99, time: now },
});

/**
 * Messages of the feed, applied in order to an empty log: the position afterwards, null where there is none, and whether
 * the reader goes on, or must close the connection and resume.
 */
export function feedCases(): unknown[] {
  const start = snapshot(5, [entry(6)]);
  const goOn = (name: string, position: number, ...messages: Message[]) => ({
    ...{ name, messages, outcome: 'go on', position },
  });
  const resume = (name: string, position: number | null, ...messages: Message[]) => ({
    ...{ name, messages, outcome: 'resume', position },
  });
  const odd = (name: string, replaced: object) =>
    resume(`an entry with ${name}`, 6, start, entries(entry(7, replaced)));
  return [
    goOn('a snapshot', 6, start),
    goOn('an empty snapshot', 0, snapshot(0, [])),
    goOn('entries that follow', 8, start, entries(entry(7), entry(8))),
    goOn('entries that were applied before', 7, start, entries(entry(5), entry(6), entry(7))),
    goOn('another snapshot', 9, start, snapshot(7, [entry(8), entry(9)])),
    goOn('a heartbeat', 6, start, { event: 'heartbeat', data: { head: 6, time: now } }),
    goOn('a kind of event of a later server', 6, start, { event: 'later', data: 'x' }),
    goOn('members of a later server', 7, start, entries(entry(7, { later: 1 }))),
    resume('entries before a snapshot', null, entries(entry(1))),
    resume('a gap', 6, start, entries(entry(8))),
    resume('a gap between entries', 7, start, entries(entry(7), entry(9))),
    resume('a snapshot with a gap', null, snapshot(5, [entry(7)], 7)),
    resume('a snapshot that ends too early', null, snapshot(5, [entry(6)], 7)),
    resume('a heartbeat without a head', 6, start, { event: 'heartbeat', data: { time: now } }),
    resume('entries without entries', 6, start, { event: 'entries', data: { head: 6, time: now } }),
    resume('a snapshot without a position', null, {
      event: 'snapshot',
      data: { from: 0, head: 0, time: now, entries: [] },
    }),
    odd('an unknown action', { action: 'warn' }),
    odd('an unknown subject', { subject: { device: 'x' } }),
    odd('two subjects', { subject: { session: sid, user: 1 } }),
    odd('no subject', { subject: {} }),
    odd('a malformed session', { subject: { session: `${sid}A` } }),
    odd('a user by a text', { subject: { user: '42' } }),
    odd('the user 0', { subject: { user: 0 } }),
    odd('a malformed site', { subject: { site: 'a b' } }),
    odd('all, but not true', { subject: { all: 1 } }),
    odd('a position by a text', { seq: '7' }),
    odd('no reason', { reason: undefined }),
    odd('no end', { expiresAt: null }),
    goOn('a cut-off that names the sessions', 7, start, entries(cutOff([sid, sid]))),
    odd('sessions that are none', cutOff(['x'])),
    odd('sessions that are no list', cutOff(sid)),
  ];
}
