import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import { newEntry } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const append = (store: OpenStore) => store.transaction((tx) => tx.log.append([newEntry()], 1, 2));

/** The milliseconds that pass until the listener is called; fails after a second. */
async function heard(store: OpenStore, act: () => Promise<unknown>): Promise<number> {
  let told = () => {};
  const remove = store.onAppend(() => told());
  await sleep(150); // A watcher that has just started tells where the log stands.
  const { promise, resolve } = Promise.withResolvers<void>();
  told = resolve;
  await act();
  const since = performance.now();
  await Promise.race([
    promise,
    sleep(1000, undefined, { ref: false }).then(() => assert.fail('nobody was told')),
  ]);
  remove();
  return performance.now() - since;
}

forEachStore('onAppend', (makeDatabase) => {
  let store: OpenStore;
  let other: OpenStore;
  before(async () => {
    const database = await makeDatabase();
    store = database.store;
    other = await database.open();
  });

  test('tells of an own commit at once', async () => {
    assert.ok((await heard(store, () => append(store))) < 50);
  });

  test('tells of a commit by another connection soon', async () => {
    assert.ok((await heard(store, () => append(other))) < 500);
  });

  test('tells nothing of what was rolled back, nor after it was removed', async () => {
    let calls = 0;
    const remove = store.onAppend(() => calls++);
    await sleep(200);
    calls = 0;
    for (const each of [store, other]) {
      const failing = each.transaction(async (tx) => {
        await tx.log.append([newEntry()], 1, 2);
        throw new TypeError('no');
      });
      await assert.rejects(failing, TypeError);
    }
    await sleep(200);
    assert.equal(calls, 0);
    remove();
    await append(store);
    assert.equal(calls, 0);
  });
});
