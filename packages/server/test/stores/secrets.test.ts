import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inParallel } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

forEachStore('secrets', (makeDatabase) => {
  test('of 20 writes over one version one is done', async () => {
    const { store } = await makeDatabase();
    assert.equal(await store.read.secrets.find('keys'), undefined);
    for (const expected of [undefined, 1, 2]) {
      const done = await inParallel(20, (i) =>
        store.transaction((tx) => tx.secrets.put('keys', `value ${i}`, expected)),
      );
      assert.equal(done.filter(Boolean).length, 1);
      assert.deepEqual(await store.read.secrets.find('keys'), {
        version: (expected ?? 0) + 1,
        value: `value ${done.indexOf(true)}`,
      });
    }
    assert.equal(await store.transaction((tx) => tx.secrets.put('other', 'x', 1)), false);
    assert.equal(await store.read.secrets.find('other'), undefined);
  });
});
