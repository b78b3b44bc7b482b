import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import { loginKeyOf } from '../../src/identity/accounts/account.ts';
import type { ImportProgress } from '../../src/import-export/import-progress.ts';
import type { WholeAccount } from '../../src/import-export/store.ts';
import { accountIdOf } from '../../src/kernel/ids.ts';
import { allAfter } from '../support/clock.ts';
import { inParallel, insertSessions, newAccount } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

function newWhole(changes: Partial<WholeAccount> = {}): WholeAccount {
  const account = changes.account ?? newAccount();
  const { id } = account;
  return {
    account,
    loginKey: loginKeyOf(account.login)!,
    password: { accountId: id, hash: 'h', changeTime: 5 },
    email: {
      accountId: id,
      name: 'A. B.',
      email: `${id}@example.com`,
      language: 'es',
      subscriptions: { news: true },
      verified: true,
      customHdr: { c: 1 },
      customDat: {},
    },
    roles: ['42:user', 'admin'],
    settings: { theme: 'dark' },
    ...changes,
  };
}

const bare = (account = newAccount()): WholeAccount => ({
  account,
  loginKey: loginKeyOf(account.login)!,
  roles: [],
});

forEachStore('import and export', (makeDatabase) => {
  let store: OpenStore;
  let other: OpenStore;
  before(async () => {
    const database = await makeDatabase();
    store = database.store;
    other = await database.open();
  });

  const insert = (accounts: readonly WholeAccount[], at = store) =>
    at.transaction((tx) => tx.importExport.insertWhole(accounts, 77));

  test('accounts are inserted with all that belongs to them, and listed so', async () => {
    const [whole, empty] = [newWhole(), bare()];
    const { id } = whole.account;
    assert.deepEqual(await insert([whole, empty]), new Set([whole, empty]));
    assert.deepEqual(await store.read.accounts.findByLogin(whole.loginKey), whole.account);
    assert.equal((await store.read.passwords.find(id))?.hash, 'h');
    assert.deepEqual(await store.read.emailSettings.find(id), whole.email);
    assert.deepEqual(await store.read.roles.find(id), { accountId: id, roles: whole.roles, updateTime: 77 });
    assert.deepEqual(await store.read.settings.find(id), { id, parameters: whole.settings, updateTime: 77 });
    assert.deepEqual(await store.read.roles.find(empty.account.id), {
      accountId: empty.account.id,
      roles: [],
    });
    const listed = await store.read.importExport.listWhole(undefined, 10);
    assert.deepEqual(
      listed,
      [whole, empty].sort((a, b) => Number(a.account.id) - Number(b.account.id)),
    );
  });

  test('any number is inserted and listed, by pages in the order of the ids', async () => {
    const accounts = Array.from({ length: 234 }, () => newWhole());
    assert.equal((await insert(accounts)).size, 234);
    const ids: string[] = [];
    for (let page = await store.read.importExport.listWhole(undefined, 100); page.length > 0; ) {
      ids.push(...page.map(({ account }) => account.id));
      page = await store.read.importExport.listWhole(page.at(-1)!.account.id, 100);
    }
    assert.ok(accounts.every(({ account }) => ids.includes(account.id)));
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => Number(a) - Number(b)),
    );
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual((await insert([])).size, 0);
  });

  test('one whose login or id is taken is left out, and nothing of it is stored', async () => {
    const there = newWhole();
    await insert([there]);
    const sameLogin = newWhole({ account: newAccount({ login: there.account.login }) });
    const sameId = newWhole({ account: newAccount({ id: there.account.id }) });
    const fresh = newWhole();
    const again = newWhole({ account: newAccount({ login: fresh.account.login }) });
    const twice = newWhole({ account: newAccount({ id: fresh.account.id }) });
    assert.deepEqual(await insert([sameLogin, sameId, fresh, again, twice, fresh]), new Set([fresh]));
    assert.deepEqual(await store.read.accounts.find(there.account.id), there.account);
    for (const { account } of [sameLogin, again]) {
      assert.equal(await store.read.passwords.find(account.id), undefined);
      assert.equal(await store.read.emailSettings.find(account.id), undefined);
    }
    const keys = [there.loginKey, fresh.loginKey, sameId.loginKey];
    assert.deepEqual(await store.read.importExport.takenLogins(keys), new Set(keys.slice(0, 2)));
  });

  test('of two with one login that come together the first counts, whatever else comes', async () => {
    const [first, last] = [newWhole(), newWhole()];
    const second = newWhole({ account: newAccount({ login: first.account.login }) });
    assert.deepEqual(await insert([first, second, last]), new Set([first, last]));
    assert.deepEqual(await store.read.accounts.findByLogin(first.loginKey), first.account);
  });

  test('of two with one id that come together the first counts, even when its login is taken', async () => {
    const there = bare();
    await insert([there]);
    const { id } = newAccount();
    const left = newWhole({ account: newAccount({ id, login: there.account.login }) });
    const other = newWhole({ account: newAccount({ id }), roles: ['mine'] });
    assert.deepEqual(await insert([left, other]), new Set());
    assert.deepEqual((await store.read.roles.find(id)).roles, []);
    assert.deepEqual(await insert([other, left]), new Set([other]));
    assert.deepEqual((await store.read.roles.find(id)).roles, ['mine']);
  });

  test('a section that was there before the account is replaced', async () => {
    const whole = newWhole();
    const { id } = whole.account;
    await store.transaction(async (tx) => {
      await tx.settings.lock(id);
      await tx.settings.update({ id, parameters: { old: 1 }, updateTime: 1 });
    });
    await insert([whole]);
    assert.deepEqual((await store.read.settings.find(id))?.parameters, whole.settings);
  });

  test('of 10 that insert the same accounts at once each account is made by one', async () => {
    const logins = Array.from({ length: 50 }, () => newAccount().login);
    const made = await inParallel(10, (i) => {
      const accounts = logins.map((login) => newWhole({ account: newAccount({ login }) }));
      return insert(i % 2 ? accounts : accounts.toReversed(), i % 3 ? store : other);
    });
    assert.equal(
      made.reduce((sum, { size }) => sum + size, 0),
      50,
    );
  });

  test('an tombstoneOf account is not listed, and its id stays taken', async () => {
    const { account, loginKey } = bare();
    await insert([{ account, loginKey, roles: [] }]);
    await store.transaction((tx) =>
      tx.accounts.erase({ ...account, login: 'gone', deleted: true }, `deleted ${account.id}`),
    );
    const listed = await store.read.importExport.listWhole(accountIdOf(Number(account.id) - 1), 1);
    assert.notEqual(listed[0]?.account.id, account.id);
    assert.equal((await insert([bare(newAccount({ id: account.id }))])).size, 0);
  });

  const counts = {
    records: 5,
    made: 3,
    present: 1,
    refused: 1,
    notes: { no_password: 2, 'elsewhere:a.b': 1 },
  };
  const progress: ImportProgress = { id: 'x', digest: 'a', ...counts, updateTime: 9 };

  test('of 10 that move an import on from one place one does', async () => {
    const save = (i: number, id: string, from: ImportProgress | undefined) =>
      (i % 2 ? store : other).transaction((tx) =>
        tx.importExport.saveImport(
          { ...progress, id, records: 10 + i, digest: `d${i}` },
          from && { ...from, id },
        ),
      );
    const first = await inParallel(10, (i) => save(i, 'race', undefined));
    assert.equal(first.filter(Boolean).length, 1);
    const stored = (await store.read.importExport.findImport('race'))!;
    assert.equal(stored.records, 10 + first.indexOf(true));
    const second = await inParallel(10, (i) => save(i + 20, 'race', stored));
    assert.equal(second.filter(Boolean).length, 1);
    assert.equal(await save(1, 'race', { ...stored, digest: 'other' }), false);
  });

  test('an import is found as it was saved', async () => {
    assert.equal(await store.read.importExport.findImport('none'), undefined);
    await store.transaction((tx) => tx.importExport.saveImport(progress, undefined));
    assert.deepEqual(await store.read.importExport.findImport('x'), progress);
  });

  test('imports are forgotten by portions, and one that still runs goes on', async () => {
    const saved = (id: string, updateTime: number) => ({ ...progress, id, updateTime });
    for (const one of [saved('old-1', 1), saved('old-2', 2), saved('new', 3)])
      await store.transaction((tx) => tx.importExport.saveImport(one, undefined));
    const remove = () => store.transaction((tx) => tx.importExport.removeImports(allAfter(3), 1));
    assert.deepEqual([await remove(), await remove(), await remove()], [1, 1, 0]);
    assert.equal(await store.read.importExport.findImport('old-1'), undefined);
    assert.equal((await store.read.importExport.findImport('new'))?.updateTime, 3);
    const next = { ...saved('old-1', 4), records: 6, digest: 'b' };
    assert.ok(await store.transaction((tx) => tx.importExport.saveImport(next, saved('old-1', 1))));
    assert.deepEqual(await other.read.importExport.findImport('old-1'), next);
    const late = store.transaction((tx) => tx.importExport.saveImport(next, saved('old-1', 1)));
    assert.equal(await late, false, 'two went on from one place');
  });

  test('what the log holds about an account is found, of its sessions too, and nothing about others', async () => {
    const { account, sessions } = await insertSessions(store, 2);
    const stranger = await insertSessions(store, 1);
    const head = await store.transaction((tx) =>
      tx.log.append(
        [
          { subject: { user: account.id }, action: 'refresh', reason: 'profile-changed' },
          { subject: { session: stranger.sessions[0]!.id }, action: 'reject', reason: 'signout' },
          { subject: { session: sessions[1]!.id }, action: 'reject', reason: 'closed' },
          { subject: { user: stranger.account.id }, action: 'refresh', reason: 'profile-changed' },
        ],
        1,
        2,
      ),
    );
    const list = (after: number, take = 10) =>
      store.read.importExport.listEntriesAbout(account.id, after, take);
    assert.deepEqual(
      (await list(0)).map(({ seq }) => head - seq),
      [3, 1],
    );
    assert.deepEqual(
      (await list(head - 3)).map(({ reason }) => reason),
      ['closed'],
    );
    assert.deepEqual(
      (await list(0, 1)).map(({ reason }) => reason),
      ['profile-changed'],
    );
  });
});
