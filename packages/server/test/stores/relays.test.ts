import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import type { AccountId, SessionId } from '../../src/kernel/ids.ts';
import type { NewEntry } from '../../src/log/entry.ts';
import { forEachStore } from '../support/stores.ts';

const destination = 'redis://redis.example.com:6379';
const other = 'redis://elsewhere.example.com:6379';
const idOf = (n: number) => String(n).padStart(22, 'A') as SessionId;
const user = { user: '7' as AccountId };

/** An ended session, a cut-off of two, and two entries that end nothing. */
const entries: NewEntry[] = [
  { subject: { session: idOf(1) }, action: 'reject', reason: 'signout' },
  { subject: user, action: 'refresh', reason: 'role-changed' },
  { subject: user, action: 'reject', reason: 'disabled', sessions: [idOf(2), idOf(3)] },
  { subject: { session: idOf(4) }, action: 'refresh', reason: 'presence' },
];
const ends = [
  { seq: 1, reason: 'signout', sessions: [idOf(1)] },
  { seq: 3, reason: 'disabled', sessions: [idOf(2), idOf(3)] },
];

forEachStore('relays', (makeDatabase) => {
  const append = (store: OpenStore, added = entries) => store.transaction((tx) => tx.log.append(added, 1, 2));
  const register = (store: OpenStore, name = destination, now = 1000) =>
    store.transaction((tx) => tx.relays.register(name, now));
  const advance = (store: OpenStore, log: string, position: number, name = destination) =>
    store.transaction((tx) => tx.relays.advance(name, log, position));
  const prune = (store: OpenStore) => store.transaction((tx) => tx.log.prune(100, 1000));
  const nameOf = async (store: OpenStore) => (await store.read.log.state()).log;

  test('the entries that ended sessions are the same before and after the log has forgotten them', async () => {
    const { store } = await makeDatabase();
    await register(store);
    await append(store);
    const log = await nameOf(store);
    assert.deepEqual(await store.read.relays.entries(log, 0, 10), ends);
    assert.equal(await store.read.relays.waiting(destination), 3);
    assert.equal(await prune(store), 4);
    await append(store, [{ subject: { session: idOf(5) }, action: 'reject', reason: 'expired' }]);
    const later = { seq: 5, reason: 'expired', sessions: [idOf(5)] };
    assert.deepEqual(await store.read.relays.entries(log, 0, 10), [...ends, later]);
    assert.deepEqual(await store.read.relays.entries(log, 1, 1), ends.slice(1));
    assert.deepEqual(await store.read.relays.entries('another', 0, 10), []);
    assert.equal(await store.read.relays.waiting(destination), 4);
  });

  test('nothing is kept where nobody relays, or for what was taken', async () => {
    const { store } = await makeDatabase();
    await append(store);
    await prune(store);
    const log = await nameOf(store);
    assert.deepEqual(await store.read.relays.entries(log, 0, 10), []);
    await register(store);
    assert.deepEqual(await store.read.relays.list(destination), [{ log, position: 0, dropped: 0 }]);
    await append(store);
    await advance(store, log, 5);
    await advance(store, log, 2);
    assert.deepEqual(await store.read.relays.list(destination), [{ log, position: 5, dropped: 0 }]);
    await prune(store);
    assert.deepEqual(
      (await store.read.relays.entries(log, 0, 10)).map(({ seq }) => seq),
      [7],
    );
  });

  test('what one destination has taken is kept until the other has', async () => {
    const { store } = await makeDatabase();
    await register(store);
    await register(store, other);
    await append(store);
    await prune(store);
    const log = await nameOf(store);
    await advance(store, log, 3);
    assert.equal(await store.read.relays.waiting(destination), 0);
    assert.equal(await store.read.relays.waiting(other), 3);
    assert.deepEqual(await store.read.relays.entries(log, 0, 10), ends);
    await advance(store, log, 3, other);
    assert.deepEqual(await store.read.relays.entries(log, 0, 10), []);
  });

  test('a log that begins anew leaves behind what was not taken, under its own name', async () => {
    const { store } = await makeDatabase();
    await register(store);
    await append(store);
    const log = await nameOf(store);
    await advance(store, log, 1);
    await store.transaction((tx) => tx.log.restart(1000));
    assert.deepEqual(await store.read.relays.entries(log, 0, 10), ends.slice(1));
    await register(store);
    const next = await nameOf(store);
    assert.deepEqual(
      (await store.read.relays.list(destination)).toSorted((a, b) => a.position - b.position),
      [
        { log: next, position: 0, dropped: 0 },
        { log, position: 1, dropped: 0 },
      ],
    );
  });

  test('what is beyond the bound is given up from the oldest, and counted for each destination', async () => {
    const { store } = await makeDatabase();
    await register(store);
    await register(store, other);
    await append(store);
    const log = await nameOf(store);
    await advance(store, log, 1, other);
    const drop = (most: number, limit = 10) =>
      store.transaction((tx) => tx.relays.drop(destination, most, limit));
    assert.deepEqual(await drop(0), { entries: 0, events: 0 }, 'the log itself still has them');
    await prune(store);
    assert.deepEqual(await drop(4), { entries: 0, events: 0 });
    assert.deepEqual(await drop(0, 1), { entries: 1, events: 1 });
    assert.deepEqual(await drop(0), { entries: 1, events: 2 });
    assert.deepEqual(await store.read.relays.list(destination), [{ log, position: 3, dropped: 3 }]);
    assert.deepEqual(await store.read.relays.list(other), [{ log, position: 3, dropped: 2 }]);
    assert.deepEqual(await store.read.relays.entries(log, 0, 10), []);
  });

  test('a destination that nobody has used for a while is forgotten, whichever way the clock went', async () => {
    const { store } = await makeDatabase();
    await register(store, destination, 1_000_000);
    await register(store, other, 5_000);
    await append(store);
    await prune(store);
    const forget = (after: number, upTo: number) =>
      store.transaction((tx) => tx.relays.forget({ after, upTo }));
    await forget(991_000, 2_000_000);
    assert.deepEqual(await store.read.relays.list(other), []);
    assert.equal(await store.read.relays.waiting(destination), 3);
    await forget(490_000, 510_000);
    assert.deepEqual(await store.read.relays.list(destination), []);
    assert.deepEqual(await store.read.relays.entries(await nameOf(store), 0, 10), []);
  });
});
