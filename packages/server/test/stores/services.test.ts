import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import { inParallel } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

forEachStore('services', (makeDatabase) => {
  let store: OpenStore;
  before(async () => {
    ({ store } = await makeDatabase());
  });

  test('a service is found by its key and listed by name, until it is removed', async () => {
    const mail = { name: 'mail', createTime: 1 };
    const billing = { name: 'Billing', createTime: 2 };
    assert.equal(await store.transaction((tx) => tx.services.insert(mail, 'hash-1')), true);
    assert.equal(await store.transaction((tx) => tx.services.insert(billing, 'hash-2')), true);
    assert.deepEqual(await store.read.services.list(), [billing, mail]);
    assert.deepEqual(await store.read.services.findByKeyHash('hash-1'), mail);
    assert.equal(await store.read.services.findByKeyHash('hash-3'), undefined);
    assert.equal(await store.transaction((tx) => tx.services.remove('mail')), true);
    assert.equal(await store.transaction((tx) => tx.services.remove('mail')), false);
    assert.equal(await store.read.services.findByKeyHash('hash-1'), undefined);
  });

  test('of 20 services of one name at once one is made, with its own key', async () => {
    const done = await inParallel(20, (i) =>
      store.transaction((tx) => tx.services.insert({ name: 'same', createTime: i }, `key-${i}`)),
    );
    assert.equal(done.filter(Boolean).length, 1);
    const winner = done.indexOf(true);
    assert.deepEqual(await store.read.services.findByKeyHash(`key-${winner}`), {
      name: 'same',
      createTime: winner,
    });
  });
});
