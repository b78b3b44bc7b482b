import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import { changedParameters } from '../../src/identity/settings/settings.ts';
import { inParallel, insertSessions, newAccount, newEntry } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const all = { skip: 0, take: 100, total: true };

forEachStore('settings', (makeDatabase) => {
  let store: OpenStore;
  let other: OpenStore;
  before(async () => {
    const database = await makeDatabase();
    store = database.store;
    other = await database.open();
  });

  const put = (id: string, parameters: Record<string, unknown>, updateTime = 1, at = store) =>
    at.transaction(async (tx) => {
      await tx.settings.lock(id);
      await tx.settings.update({ id, parameters, updateTime });
    });

  test('a section that was never set is not found, not even after somebody held it', async () => {
    assert.equal(await store.read.settings.find('never'), undefined);
    const held = await store.transaction((tx) => tx.settings.lock('never'));
    assert.deepEqual(held, { id: 'never', parameters: {} });
    assert.equal(await store.read.settings.find('never'), undefined);
    assert.equal((await store.read.settings.list({ ids: ['never'] }, all)).total, 0);
  });

  test('what was written is found as it was, and is gone when it is removed', async () => {
    const parameters = { deep: [1, { ñ: null }], 'a.b': '\u0000 \u{1f600}', n: 1.5 };
    await put('all-sorts', parameters, 7);
    const section = { id: 'all-sorts', parameters, updateTime: 7 };
    assert.deepEqual(await other.read.settings.find('all-sorts'), section);
    assert.deepEqual(await other.transaction((tx) => tx.settings.lock('all-sorts')), section);
    await put('all-sorts', {}, 8);
    assert.deepEqual(await other.read.settings.find('all-sorts'), {
      id: 'all-sorts',
      parameters: {},
      updateTime: 8,
    });
    assert.equal(await store.transaction((tx) => tx.settings.remove('all-sorts')), true);
    assert.equal(await store.transaction((tx) => tx.settings.remove('all-sorts')), false);
    assert.equal(await other.read.settings.find('all-sorts'), undefined);
  });

  test('a list begins with the latest change; ids are searched in any case', async () => {
    await put('Page-a', {}, 11);
    await put('page-b', {}, 13);
    await put('page-c', {}, 12);
    const ids = async (search: string, page = all) =>
      (await store.read.settings.list({ search }, page)).data.map(({ id }) => id);
    assert.deepEqual(await ids('PAGE-'), ['page-b', 'page-c', 'Page-a']);
    assert.deepEqual(await ids('page-', { skip: 1, take: 1, total: true }), ['page-c']);
    assert.deepEqual(await ids('page_'), []);
    const named = await store.read.settings.list({ ids: ['page-a', 'page-c'] }, all);
    assert.deepEqual([named.data.map(({ id }) => id), named.total], [['page-c'], 1]);
    assert.equal((await store.read.settings.list({ ids: [] }, all)).total, 0);
  });

  test('50 increments at once add up, by two processes, from nothing', async () => {
    await inParallel(50, (i) =>
      (i % 2 ? store : other).transaction(async (tx) => {
        const { id, parameters } = await tx.settings.lock('counter');
        const changes = { set: { [`by-${i}`]: true }, increment: { whole: 1, part: 0.5 } };
        await tx.settings.update({ id, parameters: changedParameters(parameters, changes), updateTime: i });
      }),
    );
    const { parameters } = (await store.read.settings.find('counter'))!;
    assert.equal(parameters.whole, 50);
    assert.equal(parameters.part, 25);
    assert.equal(Object.keys(parameters).length, 52);
  });

  test('a session shows its own section as it is now, and no other', async () => {
    const { account, sessions } = await insertSessions(store, 1);
    const id = sessions[0]!.id;
    const shown = async (at: OpenStore) => (await at.read.sessions.find(id))!.user.settings;
    assert.deepEqual(await shown(store), {});
    await put(newAccount().id, { else: true });
    await put(`x${account.id}`, { else: true });
    const write = (parameters: Record<string, unknown>) =>
      other.transaction(async (tx) => {
        await tx.settings.lock(account.id);
        await tx.settings.update({ id: account.id, parameters, updateTime: 5 });
        const entry = { subject: { user: account.id }, action: 'refresh', reason: '' } as const;
        await tx.log.append([entry], 1, 2);
        assert.deepEqual((await tx.sessions.find(id))!.user.settings, parameters);
      });
    for (const parameters of [{ theme: 'dark', '10': 1 }, {}, { deep: { a: [1] } }]) {
      await write(parameters);
      await nextTurn();
      assert.deepEqual(await shown(store), parameters);
      assert.deepEqual(await shown(other), parameters);
      const { data } = await store.read.sessions.list({ accountId: account.id }, all);
      assert.deepEqual(data[0]!.user.settings, parameters);
    }
    await store.transaction((tx) => tx.log.append([newEntry()], 1, 2));
    assert.deepEqual(await shown(store), { deep: { a: [1] } });
  });
});
