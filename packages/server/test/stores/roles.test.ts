import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import type { AccountId } from '../../src/kernel/ids.ts';
import { inParallel, insertAccount, newAccount } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

forEachStore('roles', (makeDatabase) => {
  let store: OpenStore;
  before(async () => {
    ({ store } = await makeDatabase());
  });

  async function insert(roles: readonly string[], active = true): Promise<AccountId> {
    const account = newAccount({ active });
    await insertAccount(store, account);
    await store.transaction((tx) => tx.roles.grant(account.id, roles, 1));
    return account.id;
  }

  test('an account without roles, and no account, have none', async () => {
    const id = await insert([]);
    assert.deepEqual(await store.read.roles.find(id), { accountId: id, roles: [] });
    const nobody = newAccount().id;
    assert.deepEqual(await store.read.roles.find(nobody), { accountId: nobody, roles: [] });
  });

  test('grant and revoke tell what they changed; only a change moves the time', async () => {
    const id = await insert(['b', 'site:user', 'b']);
    await store.transaction(async (tx) => {
      assert.deepEqual(await tx.roles.grant(id, ['b', 'a'], 2), ['a']);
      assert.deepEqual(await tx.roles.grant(id, ['b', 'a'], 3), []);
      assert.deepEqual(await tx.roles.revoke(id, ['c'], 4), []);
    });
    assert.deepEqual(await store.read.roles.find(id), {
      accountId: id,
      roles: ['a', 'b', 'site:user'],
      updateTime: 2,
    });
    assert.deepEqual(await store.transaction((tx) => tx.roles.revoke(id, ['site:user', 'b', 'x'], 5)), [
      'b',
      'site:user',
    ]);
    assert.deepEqual(await store.read.roles.find(id), { accountId: id, roles: ['a'], updateTime: 5 });
  });

  test('a list has the accounts with roles, the newest account first, by pages', async () => {
    const ids = await Promise.all([insert(['b', 'a']), insert([]), insert(['site:user'])]);
    await store.transaction((tx) => tx.roles.grant(ids[0]!, ['c'], 7));
    const list = (skip: number, take: number) =>
      store.read.roles.list({ ids: [...ids, newAccount().id] }, { skip, take, total: true });
    const both = await list(0, 100);
    assert.equal(both.total, 2);
    assert.deepEqual(
      both.data.map(({ accountId }) => accountId),
      // All are of one time, so that the id decides.
      [ids[0]!, ids[2]!].sort((a, b) => Number(b) - Number(a)),
    );
    const first = both.data.find(({ accountId }) => accountId === ids[0]);
    assert.deepEqual(first, { accountId: ids[0], roles: ['a', 'b', 'c'], updateTime: 7 });
    assert.deepEqual(await list(1, 1), { data: [both.data[1]], total: 2 });
    assert.deepEqual(await store.read.roles.list({ ids: [] }, { skip: 0, take: 1, total: true }), {
      data: [],
      total: 0,
    });
    const all = await store.read.roles.list({}, { skip: 0, take: 100, total: false });
    assert.ok(all.data.length >= 2 && all.data.every(({ roles }) => roles.length > 0));
  });

  test('two changes of one account at once are both done, and each tells what it changed', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await insert(['old']);
      const change = (grant: string) =>
        store.transaction(async (tx) => {
          await tx.accounts.lock(id);
          const revoked = await tx.roles.revoke(id, ['old'], 5);
          return { revoked, granted: await tx.roles.grant(id, [grant, 'both'], 5) };
        });
      const told = await Promise.all([change('a'), change('b')]);
      assert.deepEqual(
        told.flatMap(({ revoked }) => revoked),
        ['old'],
      );
      assert.deepEqual(told.flatMap(({ granted }) => granted).sort(), ['a', 'b', 'both']);
      assert.deepEqual((await store.read.roles.find(id)).roles, ['a', 'b', 'both']);
    }
  });

  test('holders are the active accounts', async () => {
    const held = [await insert(['auditor']), await insert(['auditor', 'x'])];
    await insert(['auditor'], false);
    await insert(['auditors']);
    const holders = await store.transaction((tx) => tx.roles.lockHolders('auditor'));
    assert.deepEqual(holders.toSorted(), held.toSorted());
    assert.deepEqual((await store.read.roles.listHolders(['auditor'], 10)).toSorted(), held.toSorted());
    assert.equal((await store.read.roles.listHolders(['auditor'], 1)).length, 1);
  });

  test('of two admins who take the role from each other at once one stays', async () => {
    for (let round = 0; round < 20; round++) {
      const role = `admin-${round}`;
      const ids = await inParallel(2, () => insert([role]));
      const leave = (id: AccountId) =>
        store.transaction(async (tx) => {
          const holders = await tx.roles.lockHolders(role);
          if (holders.length < 2) return 0;
          return (await tx.roles.revoke(id, [role], 9)).length;
        });
      assert.deepEqual((await Promise.all(ids.map(leave))).toSorted(), [0, 1]);
      assert.equal((await store.transaction((tx) => tx.roles.lockHolders(role))).length, 1);
    }
  });

  test('of two admins who are disabled at once one stays', async () => {
    for (let round = 0; round < 10; round++) {
      const role = `boss-${round}`;
      const ids = await inParallel(2, () => insert([role]));
      const disable = (id: AccountId) =>
        store.transaction(async (tx) => {
          const account = await tx.accounts.lock(id);
          const holders = await tx.roles.lockHolders(role);
          if (holders.length < 2) return false;
          return tx.accounts.update({ ...account!, active: false });
        });
      assert.deepEqual((await Promise.all(ids.map(disable))).toSorted(), [false, true]);
      assert.equal((await store.transaction((tx) => tx.roles.lockHolders(role))).length, 1);
    }
  });
});
