import assert from 'node:assert/strict';
import { test } from 'node:test';
import { insertAccount, newAccount } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

forEachStore('e-mail settings', (makeDatabase) => {
  test('they are found as they were inserted, until they are removed', async () => {
    const { store } = await makeDatabase();
    const account = newAccount();
    await insertAccount(store, account);
    const settings = {
      accountId: account.id,
      name: 'Ann',
      email: 'ann@example.com',
      language: 'es',
      subscriptions: { news: true },
      verified: true,
      customHdr: {},
      customDat: { n: [1.5, 'ü'] },
    };
    assert.equal(await store.read.emailSettings.find(account.id), undefined);
    await store.transaction((tx) => tx.emailSettings.insert(settings));
    assert.deepEqual(await store.read.emailSettings.find(account.id), settings);
    await store.transaction((tx) => tx.emailSettings.remove(newAccount().id));
    assert.deepEqual(await store.read.emailSettings.find(account.id), settings);
    await store.transaction((tx) => tx.emailSettings.remove(account.id));
    assert.equal(await store.read.emailSettings.find(account.id), undefined);
  });
});
