import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import type { Sighting } from '../../src/log/followers/follower.ts';
import { inParallel, newEntry } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const sighting = (id: string, changes: Partial<Sighting> = {}): Sighting => ({
  service: 'orders',
  id,
  kind: 'stream',
  position: 0,
  staleness: 10_000,
  liveFor: 10_000,
  held: true,
  ...changes,
});

forEachStore('followers', (makeDatabase) => {
  let store: OpenStore;
  beforeEach(async () => {
    ({ store } = await makeDatabase());
    await store.transaction((tx) => tx.services.insert({ name: 'orders', createTime: 1 }, 'hash'));
  });
  const save = (instance: string, ...sightings: Sighting[]) =>
    store.transaction((tx) => tx.followers.save(instance, sightings));
  const shown = async () =>
    (await store.read.followers.list()).map(({ id, kind, position, connected }) => ({
      id,
      kind,
      position,
      connected,
    }));

  test('what was seen is listed in order; those of unknown services are not', async () => {
    await save(
      'a',
      sighting('2'),
      sighting('1', { kind: 'poll', position: 7 }),
      sighting('3', { service: 'gone' }),
    );
    assert.deepEqual(await shown(), [
      { id: '1', kind: 'poll', position: 7, connected: true },
      { id: '2', kind: 'stream', position: 0, connected: true },
    ]);
    for (const { contactAge } of await store.read.followers.list())
      assert.ok(contactAge >= 0 && contactAge < 5000);
  });

  test("a stream's position never goes back, a poller's does", async () => {
    await save('a', sighting('s', { position: 5 }), sighting('p', { kind: 'poll', position: 5 }));
    await save(
      'b',
      sighting('s', { position: 3 }),
      sighting('p', { kind: 'poll', position: 3, held: false }),
    );
    assert.deepEqual(
      (await shown()).map(({ position }) => position),
      [3, 5],
    );
  });

  test('a report by way of another process does not take the stream away from the one that has it', async () => {
    await save('a', sighting('1'));
    await save('b', sighting('1', { position: 4, held: false }));
    await store.transaction((tx) => tx.followers.end([{ service: 'orders', id: '1', liveFor: 0 }], 'b'));
    assert.deepEqual(await shown(), [{ id: '1', kind: 'stream', position: 4, connected: true }]);
    await store.transaction((tx) => tx.followers.end([{ service: 'orders', id: '1', liveFor: 0 }], 'a'));
    assert.equal((await shown())[0]!.connected, false);
  });

  test('one that said goodbye stays gone when the end of its stream is noted later', async () => {
    await save('a', sighting('1'));
    await store.transaction((tx) => tx.followers.end([{ service: 'orders', id: '1', liveFor: 0 }]));
    await store.transaction((tx) => tx.followers.end([{ service: 'orders', id: '1', liveFor: 9000 }], 'a'));
    assert.equal((await shown())[0]!.connected, false);
  });

  test('renewing keeps the streams of that process, but not those that are silent', async () => {
    const brief = { liveFor: 300 };
    await save(
      'a',
      sighting('1', brief),
      sighting('2', { ...brief, staleness: 0 }),
      sighting('3', { kind: 'poll', ...brief }),
    );
    await save('b', sighting('4', brief));
    await store.transaction((tx) => tx.followers.renew('a', 10_000, 60_000));
    await sleep(400);
    assert.deepEqual(
      (await shown()).map(({ connected }) => connected),
      [true, true, false, false],
    );
    await save('a', sighting('1', brief), sighting('2', { ...brief, staleness: 0 }));
    await store.transaction((tx) =>
      tx.followers.end([1, 2].map((id) => ({ service: 'orders', id: String(id), liveFor: 200 }))),
    );
    await sleep(50);
    await store.transaction((tx) => tx.followers.renew('a', 10_000, 10));
    await sleep(300);
    assert.deepEqual(
      (await shown()).map(({ connected }) => connected),
      [false, true, false, false],
    );
  });

  test('those that are long gone are forgotten, but for the last of each service', async () => {
    await save(
      'a',
      sighting('1', { liveFor: 1 }),
      sighting('2', { liveFor: 20 }),
      sighting('3', { service: 'gone', liveFor: 1 }),
    );
    await sleep(60);
    assert.equal(await store.transaction((tx) => tx.followers.prune(60_000)), 0);
    assert.equal(await store.transaction((tx) => tx.followers.prune(5)), 2);
    assert.deepEqual(
      (await shown()).map(({ id }) => id),
      ['2'],
    );
  });

  test('a thousand at once from two processes, in turn', async () => {
    const all = Array.from({ length: 500 }, (_, i) => sighting(String(1000 + i), { position: i }));
    await inParallel(8, (i) => save(i % 2 ? 'a' : 'b', ...all));
    assert.deepEqual(
      (await shown()).map(({ position }) => position),
      all.map(({ position }) => position),
    );
  });

  test('what is asked of verifiers only grows, and a restarted log is another one without entries', async () => {
    await store.transaction((tx) => tx.log.append([newEntry(), newEntry()], 1, 2));
    await save('a', sighting('1', { position: 2 }));
    const { log } = await store.read.log.state();
    await store.transaction((tx) => tx.log.ask(2));
    await store.transaction((tx) => tx.log.ask(1));
    assert.deepEqual(await store.read.log.state(), { head: 2, pruned: 0, asked: 2, log });
    await store.transaction((tx) => tx.log.restart(100));
    const { log: other, ...rest } = await store.read.log.state();
    assert.notEqual(other, log);
    assert.deepEqual(rest, { head: 100, pruned: 100, asked: 100 });
    assert.deepEqual(await store.read.log.list(0, 10), []);
    assert.equal((await shown())[0]!.position, 0);
    assert.equal(await store.transaction((tx) => tx.log.append([newEntry()], 1, 2)), 101);
  });

  test('every follower of the log is told that something is asked, by any process', async () => {
    const { store: own, open } = await makeDatabase();
    const other = await open();
    let told = 0;
    const stop = own.onAppend(() => {
      told += 1;
    });
    await sleep(200);
    told = 0;
    await other.transaction((tx) => tx.log.ask(7));
    for (let i = 0; i < 100 && told === 0; i += 1) await sleep(10);
    stop();
    assert.equal(told, 1);
  });

  test('a clock that was ahead lets none count as connected for longer than its life', async () => {
    const month = 30 * 24 * 3600_000;
    const ahead = { staleness: 0, liveFor: month };
    await save('a', sighting('ahead', ahead), sighting('live', { liveFor: 35_000 }));
    assert.equal(await store.read.followers.isAnyAhead(25_000), true);
    await store.transaction((tx) => tx.followers.moveBack(200));
    assert.equal(await store.read.followers.isAnyAhead(25_000), false);
    const connected = async () => (await shown()).filter((each) => each.connected).map(({ id }) => id);
    assert.ok((await connected()).includes('live'));
    await sleep(250);
    assert.deepEqual(await connected(), ['live']);
  });
});
