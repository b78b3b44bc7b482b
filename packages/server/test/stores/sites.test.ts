import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { before, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import type { AccountId, SiteId } from '../../src/kernel/ids.ts';
import { newSite, type Site } from '../../src/sites/site.ts';
import { inParallel, insertAccount, insertSessions, newAccount } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const all = { skip: 0, take: 100, total: true };
const newId = () => String(randomInt(2 ** 40, 2 ** 48 - 1)) as SiteId;

forEachStore('sites', (makeDatabase) => {
  let store: OpenStore;
  let other: OpenStore;
  let creatorId: AccountId;
  before(async () => {
    const database = await makeDatabase();
    store = database.store;
    other = await database.open();
    creatorId = await person();
  });

  async function person(...roles: string[]): Promise<AccountId> {
    const account = newAccount();
    await insertAccount(store, account);
    await store.transaction((tx) => tx.roles.grant(account.id, roles, 1));
    return account.id;
  }

  async function made(changes: Partial<Site> = {}): Promise<Site> {
    const site = { ...newSite({ id: newId(), createTime: 5, creatorId }, { name: 'Acme' }), ...changes };
    assert.equal(await store.transaction((tx) => tx.sites.insert(site)), true);
    return site;
  }

  const giveCode = (id: SiteId, key: string | undefined, at = store) =>
    at.transaction((tx) => tx.sites.giveCode(id, key));

  test('what was inserted is found, as it was', async () => {
    const full = await made({
      code: 'Full',
      active: false,
      name: 'Ñandú & Söhne \u{1f600}',
      description: 'two\nlines',
      center: { type: 'Point', coordinates: [1.5, -2] },
      radius: 0.25,
      geometry: { type: 'x', deep: [{ ñ: null }] },
      boundaries: {},
      orgSize: Number.MAX_SAFE_INTEGER,
      totalSites: 0,
      params: { 'a:b': '\u0000' },
    });
    const bare = await made();
    for (const site of [full, bare]) {
      assert.deepEqual(await other.read.sites.find(site.id), site);
      assert.deepEqual(await other.transaction((tx) => tx.sites.lock(site.id)), site);
    }
    assert.equal(await store.transaction((tx) => tx.sites.insert({ ...bare, name: 'else' })), false);
    assert.deepEqual(await other.read.sites.find(bare.id), bare);
    assert.equal(await other.read.sites.find(newId()), undefined);
  });

  test('an update writes what may change; a deleted site is shown only where it is asked for', async () => {
    const site = await made();
    const changed = { ...site, name: 'Other', radius: 3, params: { x: 1 }, active: false };
    assert.equal(await store.transaction((tx) => tx.sites.update({ ...changed, createTime: 9 })), true);
    assert.deepEqual(await other.read.sites.find(site.id), changed);
    const gone = { ...changed, deleted: true };
    assert.equal(await store.transaction((tx) => tx.sites.update(gone)), true);
    assert.equal(await store.transaction((tx) => tx.sites.update(site)), false);
    assert.equal(await store.read.sites.find(site.id), undefined);
    assert.equal(await store.transaction((tx) => tx.sites.lock(site.id)), undefined);
    assert.equal((await store.read.sites.list({ ids: [site.id] }, all)).total, 0);
    assert.deepEqual((await store.read.sites.list({ ids: [site.id], deleted: true }, all)).data, [gone]);
  });

  test('a list is the newest first, by pages, searched by name and code', async () => {
    const marker = newId();
    const sites: Site[] = [];
    for (const createTime of [1, 3, 2]) sites.push(await made({ createTime, name: `École ${marker}` }));
    const [first, third, second] = sites as [Site, Site, Site];
    const search = `école ${marker}`;
    assert.deepEqual(await store.read.sites.list({ search }, { skip: 0, take: 2, total: true }), {
      data: [third, second],
      total: 3,
    });
    assert.deepEqual((await store.read.sites.list({ search }, { ...all, skip: 2 })).data, [first]);
    assert.equal((await store.read.sites.list({ search, active: false }, all)).total, 0);
    assert.equal((await store.read.sites.list({ search, ids: [] }, all)).total, 0);
    const ids = [first.id, second.id];
    assert.deepEqual((await store.read.sites.list({ ids }, all)).data, [second, first]);
    const coded = await made({ code: `Code-${marker}` });
    assert.deepEqual((await store.read.sites.list({ search: `cODE-${marker}` }, all)).data, [coded]);
  });

  test('a site is found by its code, and no longer by an older one, which is free', async () => {
    const [site, rival] = [await made(), await made()];
    assert.equal(await giveCode(site.id, 'old'), true);
    assert.equal(await giveCode(rival.id, 'own'), true);
    assert.equal(await giveCode(rival.id, 'old'), false);
    assert.deepEqual(await other.read.sites.findByCode('own'), rival);
    assert.equal(await giveCode(site.id, 'old'), true);
    assert.equal(await giveCode(site.id, 'new'), true);
    assert.deepEqual(await other.read.sites.findByCode('new'), site);
    assert.equal(await other.read.sites.findByCode('old'), undefined);
    assert.equal(await giveCode(rival.id, 'old'), true);
    assert.equal(await giveCode(site.id, undefined), true);
    assert.equal(await other.read.sites.findByCode('new'), undefined);
  });

  test('of 30 sites that want one code at once one has it', async () => {
    for (const code of ['wanted', 'wanted-too']) {
      const sites: Site[] = [];
      for (let i = 0; i < 30; i++) sites.push(await made());
      const done = await inParallel(30, (i) => giveCode(sites[i]!.id, code, i % 2 ? store : other));
      assert.equal(done.filter(Boolean).length, 1);
      assert.deepEqual(await store.read.sites.findByCode(code), sites[done.indexOf(true)]);
    }
  });

  test('two sites that swap their codes at once never both have one', async () => {
    for (let round = 0; round < 10; round++) {
      const [a, b] = [await made(), await made()];
      const codes = [`swap-a-${round}`, `swap-b-${round}`] as const;
      await giveCode(a.id, codes[0]);
      await giveCode(b.id, codes[1]);
      await Promise.all([giveCode(a.id, codes[1]), giveCode(b.id, codes[0], other)]);
      const found = await Promise.all(codes.map((code) => store.read.sites.findByCode(code)));
      const ids = found.map((site) => site?.id).filter((id) => id !== undefined);
      assert.equal(new Set(ids).size, ids.length);
    }
  });

  test('the users of a site are those with any role on it, not on one whose id begins alike', async () => {
    const { id } = await made();
    const long = await made({ id: `${id}0` as SiteId });
    const ann = await person(`${id}:user`, `${id}:auditor`, 'admin', `${long.id}:admin`, `x:${id}`);
    const bob = await person(`${id}:admin`);
    await person(`${long.id}:user`, id);
    const { data, total } = await store.read.sites.listUsers(id, {}, all);
    assert.equal(total, 2);
    const roles = new Map(data.map((user) => [user.id, user.roles]));
    assert.deepEqual(roles.get(ann), ['auditor', 'user']);
    assert.deepEqual(roles.get(bob), ['admin']);
    assert.deepEqual(
      data.map((user) => user.id),
      [ann, bob].toSorted((a, b) => Number(a) - Number(b)),
    );
    const second = await store.read.sites.listUsers(id, {}, { skip: 1, take: 1, total: true });
    assert.deepEqual([second.data, second.total], [[data[1]], 2]);
    const searched = await store.read.sites.listUsers(id, { search: `USER-${ann}` }, all);
    assert.deepEqual(
      searched.data.map((user) => user.id),
      [ann],
    );
    assert.equal((await store.read.sites.listUsers(newId(), {}, all)).total, 0);
  });

  test('whether there are others, deleted accounts not counted', async () => {
    const { id } = await made();
    const ann = await person(`${id}:admin`, `${id}:user`);
    const gone = newAccount({ deleted: true });
    await insertAccount(store, gone);
    await store.transaction((tx) => tx.roles.grant(gone.id, [`${id}:user`], 1));
    const others = () => store.transaction((tx) => tx.sites.hasOthers(id, ann));
    assert.equal(await others(), false);
    await person(`${id}0:user`);
    assert.equal(await others(), false);
    await person(`${id}:auditor`);
    assert.equal(await others(), true);
    assert.equal((await store.read.sites.listUsers(id, {}, all)).total, 2);
  });

  test('removing the users of a site takes the roles of that site from everybody', async () => {
    const { id } = await made();
    const ann = await person(`${id}:admin`, `${id}:user`, `${id}0:user`, 'auditor');
    const bob = await person(`${id}:user`);
    const eve = await person('auditor', `${id}0:admin`);
    assert.equal(await store.transaction((tx) => tx.sites.removeUsers(id, 99)), 2);
    const find = (account: AccountId) => other.read.roles.find(account);
    assert.deepEqual(await find(ann), { accountId: ann, roles: [`${id}0:user`, 'auditor'], updateTime: 99 });
    assert.deepEqual(await find(bob), { accountId: bob, roles: [], updateTime: 99 });
    assert.equal((await find(eve)).updateTime, 1);
    assert.equal(await store.transaction((tx) => tx.sites.removeUsers(id, 100)), 0);
  });

  test('of two admins who leave a site at once one stays', async () => {
    for (let round = 0; round < 20; round++) {
      const { id } = await made();
      const role = `${id}:admin`;
      const admins = [await person(role), await person(role)];
      const leave = (account: AccountId, at: OpenStore) =>
        at.transaction(async (tx) => {
          await tx.sites.lock(id);
          await tx.accounts.lock(account);
          const holders = await tx.roles.lockHolders(role);
          if (holders.length < 2) return 0;
          return (await tx.roles.revoke(account, [role], 9)).length;
        });
      const left = await Promise.all(admins.map((admin, i) => leave(admin, i ? store : other)));
      assert.deepEqual(left.toSorted(), [0, 1]);
    }
  });

  test('sites that are emptied at once, of the same people, are all empty', async () => {
    const sites: Site[] = [];
    for (let i = 0; i < 4; i++) sites.push(await made());
    for (let i = 0; i < 10; i++) await person(...sites.map(({ id }) => `${id}:user`));
    const counts = await inParallel(4, (i) =>
      (i % 2 ? store : other).transaction((tx) => tx.sites.removeUsers(sites[i]!.id, 9)),
    );
    assert.deepEqual(counts, [10, 10, 10, 10]);
  });

  test('a session shows the sites of its account, each once, by name, as they are now', async () => {
    const [b, a, gone] = [await made({ name: 'B: x' }), await made({ name: 'a' }), await made({ name: 'c' })];
    const { account, sessions } = await insertSessions(store, 1);
    const id = sessions[0]!.id;
    const entry = { subject: { user: account.id }, action: 'refresh', reason: '' } as const;
    await store.transaction(async (tx) => {
      const roles = [b, a, gone].map((site) => `${site.id}:user`);
      await tx.roles.grant(account.id, [...roles, `${a.id}:auditor`, 'admin', 'no-such-site:user'], 1);
      await tx.sites.update({ ...gone, deleted: true });
      await tx.log.append([entry], 1, 2);
    });
    const sites = async (at: OpenStore) => (await at.read.sessions.find(id))!.user.sites;
    const expected = [
      { id: b.id, name: 'B: x' },
      { id: a.id, name: 'a' },
    ];
    assert.deepEqual(await sites(store), expected);
    assert.deepEqual(await sites(other), expected);
    const { data } = await store.read.sessions.list({ accountId: account.id }, all);
    assert.deepEqual(data[0]!.user.sites, expected);

    // A name that another process changes is known by the entry about the site.
    await other.transaction(async (tx) => {
      await tx.sites.update({ ...a, name: 'A' });
      const changed = { subject: { site: a.id }, action: 'refresh', reason: '' } as const;
      await tx.log.append([changed], 1, 2);
    });
    await nextTurn();
    assert.deepEqual((await sites(store))[0], { id: a.id, name: 'A' });
  });
});
