import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { inParallel, insertAccount, newAccount } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

forEachStore('transactions', (makeDatabase) => {
  let store: OpenStore;
  let other: OpenStore;
  let open: () => Promise<OpenStore>;
  before(async () => {
    ({ store, open } = await makeDatabase());
    other = await open();
  });

  test('nobody sees what is not committed; everybody what is', async () => {
    const account = newAccount();
    await store.transaction(async (tx) => {
      await tx.accounts.insert(account, account.login);
      assert.deepEqual(await tx.accounts.find(account.id), account);
      assert.equal(await store.read.accounts.find(account.id), undefined);
      assert.equal(await other.read.accounts.find(account.id), undefined);
    });
    assert.deepEqual(await store.read.accounts.find(account.id), account);
    assert.deepEqual(await other.read.accounts.find(account.id), account);
  });

  test('reads do not wait for a transaction that is open', async () => {
    const account = newAccount();
    await insertAccount(store, account);
    const { promise, resolve } = Promise.withResolvers<void>();
    const writing = store.transaction(async (tx) => {
      await tx.accounts.update({ ...account, name: 'new' });
      await promise;
    });
    const before = await store.read.accounts.find(account.id);
    resolve();
    await writing;
    assert.equal(before?.name, account.name);
    assert.equal((await store.read.accounts.find(account.id))?.name, 'new');
  });

  test('an error of the work rolls all of it back and comes out as it is', async () => {
    const account = newAccount();
    const failing = store.transaction(async (tx) => {
      await tx.accounts.insert(account, account.login);
      throw new AppError('CONFLICT');
    });
    await assert.rejects(failing, { name: 'AppError', code: 'CONFLICT' });
    assert.equal(await store.read.accounts.find(account.id), undefined);
  });

  test('transactions that lock two accounts in opposite orders are all done', async () => {
    const accounts = [newAccount({ name: '0' }), newAccount({ name: '0' })];
    for (const account of accounts) await insertAccount(store, account);
    await inParallel(2, (i) =>
      (i % 2 ? store : other).transaction(async (tx) => {
        for (const { id } of i % 2 ? accounts : accounts.toReversed()) {
          const account = await tx.accounts.lock(id);
          await tx.accounts.update({ ...account!, name: String(Number(account!.name) + 1) });
        }
      }),
    );
    for (const { id } of accounts) assert.equal((await store.read.accounts.find(id))?.name, '2');
  });

  test('after close everything is UNAVAILABLE, what was open before is done', async () => {
    const closing = await open();
    const account = newAccount();
    const last = closing.transaction(async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      await tx.accounts.insert(account, account.login);
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    await closing.close();
    await last;
    await closing.close();
    await assert.rejects(closing.ping(), { code: 'UNAVAILABLE' });
    await assert.rejects(closing.read.accounts.find(account.id), { code: 'UNAVAILABLE' });
    await assert.rejects(insertAccount(closing, account), { code: 'UNAVAILABLE' });
    assert.deepEqual(await store.read.accounts.find(account.id), account);
  });
});
