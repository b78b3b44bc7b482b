import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { OpenStore } from '../../src/store/open-store.ts';
import { inParallel, insertAccount, newAccount } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

forEachStore('passwords', (makeDatabase) => {
  let store: OpenStore;
  before(async () => {
    ({ store } = await makeDatabase());
  });

  async function insert() {
    const account = newAccount();
    const password = { accountId: account.id, hash: 'old', changeTime: 1 };
    await insertAccount(store, account);
    await store.transaction((tx) => tx.passwords.insert(password));
    return password;
  }

  test('a password is found as it was inserted', async () => {
    const password = await insert();
    assert.deepEqual(await store.read.passwords.find(password.accountId), password);
    assert.equal(await store.read.passwords.find(newAccount().id), undefined);
  });

  test('a password belongs to an account', async () => {
    const orphan = { accountId: newAccount().id, hash: 'x', changeTime: 1 };
    await assert.rejects(store.transaction((tx) => tx.passwords.insert(orphan)));
    assert.equal(await store.read.passwords.find(orphan.accountId), undefined);
  });

  test('of 20 replacements of one old password one is done', async () => {
    const password = await insert();
    const done = await inParallel(20, (i) =>
      store.transaction((tx) =>
        tx.passwords.replace({ ...password, hash: `new ${i}`, changeTime: 10 + i }, 'old'),
      ),
    );
    assert.equal(done.filter(Boolean).length, 1);
    const winner = done.indexOf(true);
    assert.deepEqual(await store.read.passwords.find(password.accountId), {
      ...password,
      hash: `new ${winner}`,
      changeTime: 10 + winner,
    });
  });
});
