import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as tick } from 'node:timers/promises';
import { type Json, parseEntry, parseJson } from '@latchkey/verify/internal';
import fc from 'fast-check';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import type { AccountId, SessionId } from '../../src/kernel/ids.ts';
import type { Entry, NewEntry } from '../../src/log/entry.ts';
import { entriesText, entryJson } from '../../src/log/entry-json.ts';
import { inParallel, newEntry } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const sessionIds = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((bytes) => Buffer.from(bytes).toString('base64url') as SessionId);
const names = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const subjects: fc.Arbitrary<NewEntry['subject']> = fc.oneof(
  sessionIds.map((session) => ({ session })),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }).map((id) => ({ user: String(id) as AccountId })),
  names.map((site) => ({ site })),
  names.map((key) => ({ key })),
  fc.constant({ all: true } as const),
);
/** PostgreSQL keeps no U+0000 in a text. */
const reasons = fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => !text.includes('\0'));
const newEntries: fc.Arbitrary<NewEntry> = fc.record(
  {
    subject: subjects,
    action: fc.constantFrom('reject', 'refresh'),
    reason: reasons,
    sessions: fc.array(sessionIds, { maxLength: 3 }),
  },
  { requiredKeys: ['subject', 'action', 'reason'] },
);

async function ends(store: OpenStore): Promise<{ head: number; pruned: number }> {
  const { head, pruned } = await store.read.log.state();
  return { head, pruned };
}

forEachStore('log', (makeDatabase) => {
  test('entries are read as they were appended, after a position, in order', async () => {
    const { store } = await makeDatabase();
    assert.deepEqual(await ends(store), { head: 0, pruned: 0 });
    const entries: NewEntry[] = [
      { subject: { session: 'AAAAAAAAAAAAAAAAAAAAAA' as SessionId }, action: 'reject', reason: 'signout' },
      { subject: { user: '4503599627370495' as AccountId }, action: 'refresh', reason: 'role-changed' },
      { subject: { site: 'red' }, action: 'refresh', reason: 'é' },
      { subject: { key: 'k1' }, action: 'reject', reason: '' },
      { subject: { all: true }, action: 'reject', reason: 'x' },
    ];
    const heads = await store.transaction(async (tx) => [
      await tx.log.append(entries.slice(0, 2), 100, 400),
      await tx.log.append(entries.slice(2), 101, 401),
    ]);
    assert.deepEqual(heads, [2, 5]);
    assert.deepEqual(await ends(store), { head: 5, pruned: 0 });
    const expected = entries.map((entry, i) => ({
      ...entry,
      seq: i + 1,
      at: i < 2 ? 100 : 101,
      expiresAt: i < 2 ? 400 : 401,
    }));
    assert.deepEqual(await store.read.log.list(0, 100), expected);
    assert.deepEqual(await store.read.log.list(2, 2), expected.slice(2, 4));
    assert.deepEqual(await store.read.log.list(5, 100), []);
  });

  test('an entry as text says what it says as JSON, in one line, whatever it is about', async () => {
    const { store } = await makeDatabase();
    const sessions = ['AAAAAAAAAAAAAAAAAAAAAA', 'BAAAAAAAAAAAAAAAAAAAAA'] as SessionId[];
    const user = { user: '4503599627370495' as AccountId };
    const subjects = [
      { subject: { session: sessions[0]! } },
      { subject: user },
      { subject: user, sessions },
      { subject: { all: true } as const, sessions: [] },
      { subject: { site: 'a-site_1' } },
      { subject: { key: 'k-1_' } },
    ];
    const reasons = ['signout', 'a "quoted" \\ \r\n\t reason \u2028 é 😀 %', ''];
    const entries = subjects.flatMap((about) =>
      reasons.map((reason): NewEntry => ({ ...about, action: 'reject', reason })),
    );
    await store.transaction((tx) => tx.log.append(entries, 1_790_000_000, 2 ** 40));
    const whole = await store.read.log.list(0, 100);
    const { first, last, text } = (await store.read.log.listText(0, 100))!;
    assert.deepEqual([first, last], [1, entries.length]);
    assert.deepEqual(JSON.parse(`[${text}]`), whole.map(entryJson));
    assert.deepEqual(JSON.parse(`[${entriesText(whole)}]`), whole.map(entryJson));
    assert.ok(!/[\r\n]/.test(text), 'a line of the stream stays one');
    const part = (await store.read.log.listText(4, 3))!;
    assert.deepEqual([part.first, part.last], [5, 7]);
    assert.deepEqual(JSON.parse(`[${part.text}]`), whole.slice(4, 7).map(entryJson));
    assert.equal(await store.read.log.listText(entries.length, 3), undefined);
  });

  test('whatever an entry holds, its text from SQL is its JSON, and a verifier reads it', async () => {
    const { store } = await makeDatabase();
    await fc.assert(
      fc.asyncProperty(fc.array(newEntries, { minLength: 1, maxLength: 20 }), async (entries) => {
        const head = await store.transaction((tx) => tx.log.append(entries, 1_790_000_000, 1_790_000_390));
        const whole = await store.read.log.list(head - entries.length, 100);
        const { text } = (await store.read.log.listText(head - entries.length, 100))!;
        assert.deepEqual(JSON.parse(`[${text}]`), whole.map(entryJson));
        assert.deepEqual(JSON.parse(`[${entriesText(whole)}]`), whole.map(entryJson));
        assert.deepEqual((parseJson(`[${text}]`) as Json[]).map(parseEntry), whole.map(entryJson));
        assert.ok(!/[\r\n]/.test(text), 'a line of the stream stays one');
      }),
      { numRuns: 50 },
    );
  });

  test('50 transactions at once, some rolled back: no gap, in the order of the commits, at every moment', async () => {
    const { store, open } = await makeDatabase();
    const other = await open();
    const reader = await open();
    let writing = true;
    const seen: Entry[] = [];

    async function follow() {
      for (;;) {
        const done = !writing;
        const state = await reader.read.log.state();
        const fresh = await reader.read.log.list(seen.length, 1000);
        for (const entry of fresh) assert.equal(entry.seq, seen.push(entry), 'a gap was seen');
        assert.ok(seen.length >= state.head, 'the head was ahead of the entries');
        if (done) return;
        await tick();
      }
    }

    const following = follow();
    const heads = await inParallel(50, (i) =>
      (i % 2 ? store : other)
        .transaction(async (tx) => {
          const entries = Array.from({ length: 1 + (i % 3) }, () => newEntry(`writer ${i}`));
          const head = await tx.log.append(entries, i, i + 300);
          if (i % 5 === 0) throw new Error('roll back');
          return head;
        })
        .catch((error: Error) => {
          assert.equal(error.message, 'roll back');
          return undefined;
        }),
    );
    writing = false;
    await following;

    const committed = heads.flatMap((head, i) =>
      head === undefined ? [] : Array<number>(1 + (i % 3)).fill(i),
    );
    assert.deepEqual(
      seen.map((entry) => entry.at).toSorted((a, b) => a - b),
      committed,
    );
    for (const [i, head] of heads.entries()) if (head !== undefined) assert.equal(seen[head - 1]!.at, i);
    assert.deepEqual(await ends(store), { head: committed.length, pruned: 0 });
  });

  test('actionsAbout tells each action once, about those subjects, after the position', async () => {
    const { store } = await makeDatabase();
    const user = { user: '7' as AccountId };
    const session = { session: 'AAAAAAAAAAAAAAAAAAAAAA' as SessionId };
    await store.transaction((tx) =>
      tx.log.append(
        [
          { subject: user, action: 'refresh', reason: '' },
          { subject: user, action: 'refresh', reason: '' },
          { subject: session, action: 'reject', reason: '' },
          { subject: { site: '7' }, action: 'reject', reason: '' },
        ],
        1,
        2,
      ),
    );
    assert.deepEqual(await store.read.log.actionsAbout([user], 0), ['refresh']);
    assert.deepEqual((await store.read.log.actionsAbout([user, session], 0)).toSorted(), [
      'refresh',
      'reject',
    ]);
    assert.deepEqual(await store.read.log.actionsAbout([user, session], 2), ['reject']);
    assert.deepEqual(await store.read.log.actionsAbout([user, session], 3), []);
    assert.deepEqual(await store.read.log.actionsAbout([], 0), []);
  });

  test('a rolled back append leaves nothing', async () => {
    const { store } = await makeDatabase();
    await assert.rejects(
      store.transaction(async (tx) => {
        await tx.log.append([newEntry()], 1, 2);
        throw new TypeError('no');
      }),
      TypeError,
    );
    assert.deepEqual(await ends(store), { head: 0, pruned: 0 });
    assert.equal(await store.transaction((tx) => tx.log.append([newEntry()], 1, 2)), 1);
  });

  test('prune forgets only expired entries at the beginning, and says up to where', async () => {
    const { store } = await makeDatabase();
    await store.transaction(async (tx) => {
      for (const expiresAt of [10, 20, 50, 15]) await tx.log.append([newEntry()], 1, expiresAt);
    });
    const prune = (now: number) => store.transaction((tx) => tx.log.prune(now, 1000));
    assert.equal(await prune(10), 0);
    assert.equal(await prune(21), 2);
    assert.deepEqual(await ends(store), { head: 4, pruned: 2 });
    assert.deepEqual(
      (await store.read.log.list(0, 9)).map((entry) => entry.seq),
      [3, 4],
    );
    assert.equal(await prune(51), 2);
    assert.equal(await prune(51), 0);
    assert.deepEqual(await ends(store), { head: 4, pruned: 4 });
    assert.equal(await store.transaction((tx) => tx.log.append([newEntry()], 1, 9)), 5);
  });
});
