import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type LogEntry, parseEntry, type Subject } from './entry.ts';
import { GapError, Replica } from './replica.ts';
import type { TokenSubject } from './state.ts';

interface Case {
  name: string;
  token: { sid: string; userId: number; rev: number; kid: string; roles: string[] };
  entries: LogEntry[];
  verdict: 'accept' | 'stale' | 'reject';
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../vectors/revocations.json', import.meta.url), 'utf8'),
) as { cases: Case[] };

const meaning = { reject: 'reject', refresh: 'stale' };
const sid = 'AAAAAAAAAAAAAAAAAAAAAA';
const token: TokenSubject = { sid, userId: 42, rev: 0, kid: 'key-1', sites: ['77'] };

function entry(seq: number, subject: Subject, times = { at: 1000, expiresAt: 1390 }): LogEntry {
  return { seq, subject, action: 'reject', reason: 'test', ...times };
}

/** A replica that holds everything up to `position`, and knows of nothing. */
function emptyAt(position: number): Replica {
  const replica = new Replica();
  replica.applySnapshot({ from: position, position, entries: [] }, 0);
  return replica;
}

for (const { name, token, entries, verdict } of cases) {
  test(`${verdict}: ${name}`, () => {
    const { roles, ...rest } = token;
    const sites = roles.filter((role) => role.includes(':')).map((role) => role.split(':')[0]!);
    const replica = emptyAt((entries[0]?.seq ?? 1) - 1);
    for (const each of entries) assert.ok(replica.applyEntry(parseEntry(each as never), 0));
    const found = replica.check({ ...rest, sites });
    assert.equal(found === undefined ? 'accept' : meaning[found.action], verdict);
  });
}

test('knows nothing before a snapshot, and accepts no entries', () => {
  const replica = new Replica();
  assert.equal(replica.position, undefined);
  assert.throws(() => replica.applyEntry(entry(1, { all: true }), 0), GapError);
});

test('skips what it has, and refuses a gap', () => {
  const replica = emptyAt(5);
  const { version } = replica;
  assert.equal(replica.applyEntry(entry(5, { session: sid }), 0), false);
  assert.throws(() => replica.applyEntry(entry(7, { session: sid }), 0), GapError);
  assert.deepEqual([replica.position, replica.version, replica.check(token)], [5, version, undefined]);
  assert.equal(replica.applyEntry(entry(6, { session: sid }), 0), true);
  assert.deepEqual(replica.check(token), { action: 'reject', by: 'session' });
  assert.ok(replica.version > version);
});

test('a snapshot with a gap changes nothing', () => {
  const replica = emptyAt(5);
  replica.applyEntry(entry(6, { user: 42 }), 0);
  const broken = [
    { from: 6, position: 9, entries: [entry(7, { all: true }), entry(9, { all: true })] },
    { from: 6, position: 8, entries: [entry(7, { all: true })] },
    { from: 6, position: 8, entries: [entry(7, { all: true }), entry(9, { all: true })] },
    { from: 0, position: 9, entries: [] },
  ];
  for (const snapshot of broken) assert.throws(() => replica.applySnapshot(snapshot, 0), GapError);
  assert.equal(replica.position, 6);
  assert.deepEqual(replica.check({ ...token, sites: [] }), { action: 'reject', by: 'user' });
});

test('a snapshot replaces what was there', () => {
  const replica = emptyAt(5);
  replica.applyEntry(entry(6, { user: 42 }), 0);
  replica.applySnapshot({ from: 8, position: 9, entries: [entry(9, { user: 43 })] }, 0);
  assert.equal(replica.position, 9);
  assert.equal(replica.check(token), undefined);
  assert.deepEqual(replica.check({ ...token, userId: 43 }), { action: 'reject', by: 'user' });
});

test('an older snapshot keeps the entries that it lacks', () => {
  const replica = emptyAt(5);
  replica.applyEntry(entry(6, { session: sid }), 0);
  replica.applySnapshot({ from: 0, position: 1, entries: [entry(1, { user: 43 })] }, 0);
  assert.equal(replica.position, 1);
  assert.deepEqual(replica.check(token), { action: 'reject', by: 'session' });
  assert.equal(replica.applyEntry(entry(2, { site: 'x' }), 0), true);
});

test('of all that concerns a token the most severe decides, whatever came first', () => {
  const subjects: Subject[] = [{ key: 'key-1' }, { user: 42 }, { all: true }, { site: '77' }, { site: '78' }];
  const concerned = { ...token, sites: ['77', '78'] };
  for (const refused of subjects) {
    for (const renewed of subjects.filter((each) => each !== refused)) {
      for (const order of [
        [refused, renewed],
        [renewed, refused],
      ]) {
        const replica = emptyAt(0);
        for (const [index, subject] of order.entries()) {
          const action = subject === refused ? 'reject' : 'refresh';
          replica.applyEntry({ ...entry(index + 1, subject), action }, 0);
        }
        const by = Object.keys(refused)[0];
        assert.deepEqual(replica.check(concerned), { action: 'reject', by }, JSON.stringify(order));
      }
    }
  }
});

test('forgets, in time, everything that has expired and nothing else', () => {
  const replica = emptyAt(0);
  const subjects: Subject[] = [{ session: sid }, { user: 1 }, { site: 'a' }, { key: 'k' }, { all: true }];
  for (const [index, subject] of subjects.entries()) replica.applyEntry(entry(index + 1, subject), 100);
  replica.applyEntry(entry(6, { user: 2 }, { at: 1000, expiresAt: 9000 }), 100);
  assert.equal(replica.entries, 6);
  for (let round = 0; round < 3; round += 1) replica.sweep({ server: 5000, monotonic: 489 });
  assert.equal(replica.entries, 6, 'the server clock by itself does not end them');
  for (let round = 0; round < 3; round += 1) replica.sweep({ server: 5000, monotonic: 492 });
  assert.equal(replica.entries, 1);
});

test('a subject of several entries is kept for the longest of their lives', () => {
  const subjects: Subject[] = [
    { session: sid },
    { user: 42 },
    { site: '77' },
    { key: 'key-1' },
    { all: true },
  ];
  for (const subject of subjects) {
    for (const action of ['reject', 'refresh'] as const) {
      const replica = emptyAt(0);
      const apply = (seq: number, at: number, expiresAt: number, monotonic: number) =>
        replica.applyEntry({ ...entry(seq, subject, { at, expiresAt }), action }, monotonic);
      apply(1, 1000, 1390, 100);
      apply(2, 1300, 1690, 400);
      apply(3, 1310, 1320, 410);
      for (const clocks of [
        { server: 1690, monotonic: 9999 },
        { server: 9999, monotonic: 790 },
      ]) {
        for (let round = 0; round < 3; round += 1) replica.sweep(clocks);
        assert.equal(replica.check(token)?.action, action, JSON.stringify([subject, clocks]));
      }
    }
  }
});

test('another log with lower positions takes back nothing that a higher one has refused', () => {
  const replica = emptyAt(8);
  replica.applyEntry(entry(9, { user: 42 }), 0);
  const snapshot = { from: 0, position: 1, log: 'another', entries: [entry(1, { user: 42 })] };
  replica.applySnapshot(snapshot, 0);
  assert.deepEqual(replica.check({ ...token, rev: 5 }), { action: 'reject', by: 'user' });
});

test('an entry that is not understood is refused, not skipped', () => {
  const good = { seq: 1, at: 1, subject: { all: true }, action: 'reject', reason: 'x', expiresAt: 2 };
  assert.deepEqual(parseEntry(good), good);
  const bad = [
    null,
    [],
    { ...good, seq: '1' },
    { ...good, seq: -1 },
    { ...good, at: 1.5 },
    { ...good, action: 'accept' },
    { ...good, reason: 1 },
    { ...good, expiresAt: null },
    ...[
      null,
      {},
      { all: false },
      { all: true, user: 1 },
      { user: '1' },
      { user: 0 },
      { session: 'x' },
      { site: 'a b' },
      { key: '' },
      { planet: 1 },
    ].map((subject) => ({ ...good, subject })),
  ];
  for (const value of bad)
    assert.throws(() => parseEntry(value as never), SyntaxError, JSON.stringify(value));
});
