import type { LogEntry, Subject } from '../src/internal.ts';

const sid = 'AAAAAAAAAAAAAAAAAAAAAA';
const other = 'AQAAAAAAAAAAAAAAAAAAAA';
const now = 1_790_000_000;

type Action = LogEntry['action'];

/** What entries say of tokens; `rev` is the position at which the token was issued. */
export function revocationCases(): unknown[] {
  const token = { sid, userId: 42, rev: 5, kid: 'key-1', roles: ['user', '77:manager'] };
  const log = (entries: [seq: number, subject: Subject, action: Action][]) =>
    entries.map(([seq, subject, action]) => ({
      seq,
      at: now,
      subject,
      action,
      reason: 'test',
      expiresAt: now + 390,
    }));
  const one = (name: string, subject: Subject, action: Action, verdict: string, seq = 6) => ({
    name,
    token,
    entries: log([[seq, subject, action]]),
    verdict,
  });
  return [
    { name: 'no entries', token, entries: [], verdict: 'accept' },
    one('its session ended', { session: sid }, 'reject', 'reject'),
    one('its session ended, at an earlier position', { session: sid }, 'reject', 'reject', 3),
    one('its session changed', { session: sid }, 'refresh', 'stale'),
    one('another session ended', { session: other }, 'reject', 'accept'),
    one('its user, later', { user: 42 }, 'reject', 'reject'),
    one('its user, at its position', { user: 42 }, 'reject', 'accept', 5),
    one('its user, earlier', { user: 42 }, 'reject', 'accept', 4),
    one('its user changed, later', { user: 42 }, 'refresh', 'stale'),
    one('its user changed, at its position', { user: 42 }, 'refresh', 'accept', 5),
    one('another user', { user: 43 }, 'reject', 'accept'),
    one('its site, later', { site: '77' }, 'reject', 'reject'),
    one('its site changed, later', { site: '77' }, 'refresh', 'stale'),
    one('its site changed, earlier', { site: '77' }, 'refresh', 'accept', 5),
    one('another site', { site: '7' }, 'reject', 'accept'),
    one('a site named like its global role', { site: 'user' }, 'reject', 'accept'),
    one('its key, later', { key: 'key-1' }, 'reject', 'reject'),
    one('its key, earlier: a leaked key signs any position', { key: 'key-1' }, 'reject', 'reject', 1),
    one('another key', { key: 'key-2' }, 'reject', 'accept'),
    one('everybody, later', { all: true }, 'reject', 'reject'),
    one('everybody, at its position', { all: true }, 'reject', 'accept', 5),
    one('everybody changed, later', { all: true }, 'refresh', 'stale'),
    {
      name: 'reject outdoes refresh, whichever comes first',
      token,
      entries: log([
        [6, { user: 42 }, 'reject'],
        [7, { site: '77' }, 'refresh'],
        [8, { user: 42 }, 'refresh'],
      ]),
      verdict: 'reject',
    },
    {
      name: 'a later entry does not make the earlier one forgotten',
      token: { ...token, rev: 6 },
      entries: log([
        [6, { user: 42 }, 'reject'],
        [7, { user: 42 }, 'refresh'],
      ]),
      verdict: 'stale',
    },
  ];
}
