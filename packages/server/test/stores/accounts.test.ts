import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import { type Account, loginKeyOf, tombstoneOf } from '../../src/identity/accounts/account.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { inParallel, insertAccount, newAccount, newSession } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const all = { skip: 0, take: 100, total: true };

forEachStore('accounts', (makeDatabase) => {
  let store: OpenStore;
  let other: OpenStore;
  before(async () => {
    const database = await makeDatabase();
    store = database.store;
    other = await database.open();
  });

  test('what was inserted is found by id and by login, as it was', async () => {
    const account = newAccount({
      customDat: { deep: [1, { ñ: null }] },
      active: false,
      name: 'Ñandú \u{1f600}',
    });
    assert.equal(await insertAccount(store, account), true);
    assert.deepEqual(await other.read.accounts.find(account.id), account);
    assert.deepEqual(await other.read.accounts.findByLogin(account.login), account);
  });

  test('nobody is found by an id or login that nobody has', async () => {
    assert.equal(await store.read.accounts.find(newAccount().id), undefined);
    assert.equal(await store.read.accounts.findByLogin('nobody'), undefined);
  });

  test('a login or an id that is taken is refused, and the one who has it keeps it', async () => {
    const account = newAccount();
    await insertAccount(store, account);
    assert.equal(await insertAccount(store, newAccount({ login: account.login })), false);
    assert.equal(await insertAccount(store, newAccount({ id: account.id })), false);
    assert.deepEqual(await store.read.accounts.findByLogin(account.login), account);
  });

  test('of 50 inserts of one login at once one is done', async () => {
    const login = newAccount().login;
    const accounts = Array.from({ length: 50 }, () => newAccount({ login }));
    const done = await inParallel(50, (i) => insertAccount(i % 2 ? store : other, accounts[i]!));
    assert.equal(done.filter(Boolean).length, 1);
    const ids = accounts.map((account) => account.id);
    const { data } = await store.read.accounts.list({ ids }, all);
    assert.deepEqual(data, [accounts[done.indexOf(true)]]);
  });

  test('an update writes what may change, and not the login', async () => {
    const account = newAccount();
    await insertAccount(store, account);
    const changes = {
      name: 'Béla',
      active: false,
      timeZone: 'UTC',
      language: 'hu',
      theme: '',
      customHdr: {},
    };
    const changed = { ...account, ...changes, customDat: { x: 1 } };
    assert.equal(await store.transaction((tx) => tx.accounts.update({ ...changed, login: 'else' })), true);
    assert.deepEqual(await other.read.accounts.find(account.id), changed);
    assert.equal(await store.transaction((tx) => tx.accounts.update(newAccount())), false);
  });

  test('a deleted account is shown only where its id is named', async () => {
    const account = newAccount({ deleted: true });
    await insertAccount(store, account);
    assert.equal(await store.read.accounts.find(account.id), undefined);
    assert.equal(await store.read.accounts.findByLogin(account.login), undefined);
    assert.deepEqual((await store.read.accounts.list({ search: account.login }, all)).data, []);
    assert.deepEqual((await store.read.accounts.list({ ids: [account.id] }, all)).data, [account]);
    assert.equal(await store.transaction((tx) => tx.accounts.update(account)), false);
  });

  const rename = (at: OpenStore, account: Account, login: string) =>
    at.transaction(async (tx) => {
      const renamed = { ...account, login };
      if (!(await tx.accounts.rename(renamed, loginKeyOf(login)!))) throw new AppError('LOGIN_ALREADY_USED');
    });

  test('a login is renamed, is found and searched by the new name, and the old one is free', async () => {
    const account = newAccount();
    await insertAccount(store, account);
    const login = `Renamed-${account.id}`;
    await rename(store, account, login);
    assert.deepEqual(await other.read.accounts.findByLogin(login.toLowerCase()), { ...account, login });
    assert.equal(await other.read.accounts.findByLogin(account.login), undefined);
    assert.equal((await store.read.accounts.list({ search: login }, all)).total, 1);
    assert.equal((await store.read.accounts.list({ search: account.login }, all)).total, 0);
    assert.equal(await insertAccount(store, newAccount({ login: account.login })), true);
    await rename(store, { ...account, login }, login.toUpperCase());
    await assert.rejects(rename(store, newAccount(), 'nobody-has-it'), { code: 'LOGIN_ALREADY_USED' });
  });

  test('a login that is taken is not taken from who has it, and of many who want one, one gets it', async () => {
    const accounts = Array.from({ length: 12 }, () => newAccount());
    for (const account of accounts) await insertAccount(store, account);
    const [first, second, ...rest] = accounts as [Account, Account, ...Account[]];
    await assert.rejects(rename(store, first, second.login), { code: 'LOGIN_ALREADY_USED' });
    assert.deepEqual(await store.read.accounts.findByLogin(second.login), second);
    assert.deepEqual(await store.read.accounts.findByLogin(first.login), first);
    const wanted = `wanted-${first.id}`;
    const done = await Promise.allSettled(
      rest.map((account, i) => rename(i % 2 ? store : other, account, wanted)),
    );
    assert.equal(done.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const result of done) {
      if (result.status === 'rejected') assert.equal(result.reason.code, 'LOGIN_ALREADY_USED');
    }
  });

  test('what is tombstoneOf is nobody, once, and its login is free', async () => {
    const account = newAccount();
    await insertAccount(store, account);
    const nobody = tombstoneOf(account);
    const erase = (at: OpenStore) =>
      at.transaction((tx) => tx.accounts.erase(nobody.account, nobody.loginKey));
    const done = await inParallel(6, (i) => erase(i % 2 ? store : other));
    assert.equal(done.filter(Boolean).length, 1);
    assert.equal(await store.read.accounts.find(account.id), undefined);
    assert.equal(await store.read.accounts.findByLogin(nobody.loginKey), undefined);
    const { data } = await store.read.accounts.list({ ids: [account.id] }, all);
    assert.deepEqual(data, [nobody.account]);
    assert.equal((await store.read.accounts.list({ search: account.id }, all)).total, 0);
    assert.equal(await store.transaction((tx) => tx.accounts.update(account)), false);
    assert.equal(await store.transaction((tx) => tx.accounts.rename(account, account.login)), false);
    assert.equal(await insertAccount(store, newAccount({ login: account.login })), true);
  });

  test('a list is the newest first, by pages, with its total', async () => {
    const marker = newAccount().id;
    const accounts = [1, 3, 2].map((createTime) => newAccount({ createTime, name: `page ${marker}` }));
    for (const account of accounts) await insertAccount(store, account);
    const [first, third, second] = accounts;
    const search = `PAGE ${marker}`;
    assert.deepEqual(await store.read.accounts.list({ search }, { skip: 0, take: 2, total: true }), {
      data: [third, second],
      total: 3,
    });
    assert.deepEqual(await store.read.accounts.list({ search }, { skip: 2, take: 2, total: false }), {
      data: [first],
    });
    assert.deepEqual(await store.read.accounts.list({ ids: [] }, all), { data: [], total: 0 });
    const active = await store.read.accounts.list({ search, active: false }, all);
    assert.equal(active.total, 0);
  });

  test('a search finds an address by all spellings of its domain, with blanks around what was pasted', async () => {
    const marker = newAccount().id;
    for (const login of [`a${marker}@straße.example`, `b${marker}@XN--strae-oqa.example`]) {
      await insertAccount(store, newAccount({ login }));
      for (const domain of [
        'straße.example',
        'STRASSE.example',
        'xn--strae-oqa.EXAMPLE',
        'ＳＴＲＡẞＥ.example',
      ]) {
        const search = ` ${login.split('@', 1)[0]}@${domain}\t`;
        assert.equal((await store.read.accounts.list({ search }, all)).total, 1, `${login} by ${search}`);
      }
    }
  });

  test('a search knows no case in any script, and takes wildcards as they are', async () => {
    const marker = newAccount().id;
    const account = newAccount({ name: `100%_ÉCOLE\\${marker}` });
    await insertAccount(store, account);
    const found = async (search: string) => (await store.read.accounts.list({ search }, all)).data.length;
    for (const search of [`école\\${marker}`, `100%_éc`, `%_École`, account.login.toUpperCase()]) {
      assert.equal(await found(search), 1, search);
    }
    for (const search of [`1%${marker}`, `école_${marker}`, `${marker}\0`, "'; drop table accounts; --"]) {
      assert.equal(await found(search), 0, search);
    }
  });

  test('a lock holds off a session of the account, so that disabling it leaves none open', async () => {
    for (let round = 0; round < 10; round++) {
      const account = newAccount();
      await insertAccount(store, account);
      const disable = store.transaction(async (tx) => {
        const locked = await tx.accounts.lock(account.id);
        await tx.accounts.update({ ...locked!, active: false });
        await tx.sessions.end({ accountId: account.id }, 1, 'account-disabled');
      });
      const signIn = other.transaction(async (tx) => {
        const locked = await tx.accounts.lock(account.id);
        if (locked?.active) await tx.sessions.insert(newSession(account));
      });
      await Promise.all(round % 2 ? [disable, signIn] : [signIn, disable]);
      const open = await store.read.sessions.list({ accountId: account.id, active: true }, all);
      assert.equal(open.total, 0);
      assert.equal((await store.read.accounts.find(account.id))?.active, false);
    }
  });
});
