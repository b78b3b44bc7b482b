import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import type { TryLimits } from '../../src/identity/passwords/tries.ts';
import type { AccountId } from '../../src/kernel/ids.ts';
import { inParallel, insertAccount, newAccount } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const none = { failures: 0, waitUntil: 0 };
const limits: TryLimits = { waits: [0, 1000, 5000], most: 5 };

forEachStore('passwords', (makeDatabase) => {
  let store: OpenStore;
  let other: OpenStore;
  before(async () => {
    const database = await makeDatabase();
    store = database.store;
    other = await database.open();
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
    assert.deepEqual(await store.read.passwords.find(password.accountId), { ...password, tries: none });
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
      tries: none,
    });
  });

  const triesOf = async (id: AccountId) => (await other.read.passwords.find(id))?.tries;
  const count = (id: AccountId, time: number) => (at: OpenStore) =>
    at.transaction((tx) => tx.passwords.countFailure(id, { now: time }, limits));

  test('each failure is counted, with its wait, and the last one locks', async () => {
    const { accountId } = await insert();
    assert.equal(await count(accountId, 100)(store), true);
    assert.deepEqual(await triesOf(accountId), { failures: 1, waitUntil: 0 });
    assert.equal(await count(accountId, 90)(store), true, 'a clock that is behind holds nobody up');
    assert.deepEqual(await triesOf(accountId), { failures: 2, waitUntil: 1090 });
    assert.equal(await count(accountId, 1089)(store), false);
    assert.deepEqual(await triesOf(accountId), { failures: 2, waitUntil: 1090 });
    assert.equal(await count(accountId, 1090)(store), true);
    assert.deepEqual(await triesOf(accountId), { failures: 3, waitUntil: 6090 });
    assert.equal(await count(accountId, 10_000)(store), true);
    assert.equal(await count(accountId, 20_000)(store), true);
    assert.deepEqual(await triesOf(accountId), { failures: 5, waitUntil: 25_000, lockTime: 20_000 });
    assert.equal(await count(accountId, 9_000_000)(store), false, 'a lock does not end by itself');
  });

  test('of 50 failures at once, through two processes, as many are counted as the limits allow', async () => {
    for (const time of [1_790_000_000_000, 5]) {
      const { accountId } = await insert();
      const counted = await inParallel(50, (i) => count(accountId, time)(i % 2 ? store : other));
      assert.equal(counted.filter(Boolean).length, 2);
      assert.deepEqual(await triesOf(accountId), { failures: 2, waitUntil: time + 1000 });
    }
    const { accountId } = await insert();
    const free: TryLimits = { waits: [0], most: 30 };
    const counted = await inParallel(50, (i) =>
      (i % 2 ? store : other).transaction((tx) => tx.passwords.countFailure(accountId, { now: 7 }, free)),
    );
    assert.equal(counted.filter(Boolean).length, 30);
    assert.deepEqual(await triesOf(accountId), { failures: 30, waitUntil: 0, lockTime: 7 });
  });

  test('nothing is counted of nobody, and a count against nobody changes no password', async () => {
    const { accountId } = await insert();
    assert.equal(await count(newAccount().id, 1)(store), false);
    await store.transaction((tx) => tx.passwords.countNowhere());
    assert.deepEqual(await triesOf(accountId), none);
  });

  test('forgiving and replacing forget the count and the lock', async () => {
    const { accountId } = await insert();
    const lock = async () => {
      for (let i = 0; i < 5; i++) await count(accountId, i * 10_000)(store);
      assert.equal((await triesOf(accountId))?.lockTime, 40_000);
    };
    await lock();
    assert.equal(await store.transaction((tx) => tx.passwords.forgive(accountId)), true);
    assert.deepEqual(await triesOf(accountId), none);
    await lock();
    const fresh = { accountId, hash: 'fresh', changeTime: 9 };
    assert.equal(await store.transaction((tx) => tx.passwords.replace(fresh, 'old')), true);
    assert.deepEqual(await store.read.passwords.find(accountId), { ...fresh, tries: none });
    assert.equal(await store.transaction((tx) => tx.passwords.forgive(newAccount().id)), false);
  });

  test('a password that is removed is gone, the others stay', async () => {
    const [{ accountId }, kept] = [await insert(), await insert()];
    await store.transaction((tx) => tx.passwords.remove(accountId));
    assert.equal(await other.read.passwords.find(accountId), undefined);
    assert.deepEqual(await triesOf(kept.accountId), none);
    await store.transaction((tx) => tx.passwords.remove(accountId));
  });
});
