import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { before, test } from 'node:test';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import type { Account } from '../../src/identity/accounts/account.ts';
import type { AccountId, InvitationId, SiteId } from '../../src/kernel/ids.ts';
import type { InvitationFilter, NewInvitation } from '../../src/sites/invitations/store.ts';
import { newSite } from '../../src/sites/site.ts';
import { allAfter } from '../support/clock.ts';
import { inParallel, insertAccount, newAccount } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

const all = { skip: 0, take: 100, total: true };
const newId = () => String(randomInt(2 ** 40, 2 ** 48 - 1));
const newHash = () => randomBytes(32).toString('base64url');

forEachStore('invitations', (makeDatabase) => {
  let store: OpenStore;
  let other: OpenStore;
  let creator: Account;
  let siteId: SiteId;
  before(async () => {
    const database = await makeDatabase();
    store = database.store;
    other = await database.open();
    creator = newAccount({ name: 'Ada Ñ' });
    await insertAccount(store, creator);
    siteId = await site('Acme');
  });

  async function site(name = 'Other'): Promise<SiteId> {
    const id = newId() as SiteId;
    const made = newSite({ id, createTime: 5, creatorId: creator.id }, { name });
    await store.transaction((tx) => tx.sites.insert(made));
    return id;
  }

  async function made(changes: Partial<NewInvitation> = {}) {
    const invitation: NewInvitation = {
      id: newId() as InvitationId,
      action: 'activate',
      status: 'pending',
      siteId,
      role: 'user',
      createTime: 10,
      creatorId: creator.id,
      senderId: creator.id,
      inviteeName: 'Inés',
      inviteeEmail: `Ines-${newId()}@example.com`,
      sentTime: 10,
      expireTime: 1000,
      codeHash: newHash(),
      ...changes,
    };
    await store.transaction((tx) => tx.invitations.insert(invitation));
    return invitation;
  }

  /** As it is shown, without the code. */
  function shown({ codeHash: _hash, ...invitation }: NewInvitation) {
    return { ...invitation, siteName: 'Acme', creatorName: creator.name };
  }

  const find = (id: InvitationId, at = other) => at.read.invitations.find(id);
  const invitee = (id: AccountId = newAccount().id) => ({ id, name: 'Who Did' });

  test('what was inserted is found, as it was, with the names of its site and its creator', async () => {
    const full = await made({ inviteeId: newAccount().id });
    const { inviteeEmail: _e, sentTime: _s, expireTime: _x, codeHash: _c, ...bare } = await made();
    await store.transaction((tx) => tx.invitations.removeOld(allAfter(11), 100));
    const least = { ...bare, action: 'notify', status: 'notified', createTime: 20 } as const;
    await store.transaction((tx) => tx.invitations.insert(full));
    await store.transaction((tx) => tx.invitations.insert(least));
    for (const one of [full, least]) assert.deepEqual(await find(one.id), shown(one));
    assert.deepEqual(await other.read.invitations.findByCode(full.codeHash!), shown(full));
    assert.equal(await find(newId() as InvitationId), undefined);
    assert.equal(await other.read.invitations.findByCode(newHash()), undefined);
  });

  test('a creator who is not there any more has no name', async () => {
    const one = await made({ creatorId: newAccount().id });
    assert.equal((await find(one.id))?.creatorName, '');
  });

  test('the invitation that waits for an address, and the request that waits, of one site', async () => {
    const account = newAccount().id;
    const sent = await made({ inviteeEmail: 'Wait.For@example.com' });
    const asked = await made({ action: 'approve', inviteeId: account, expireTime: 500 });
    const read = other.read.invitations;
    assert.equal((await read.findSent(siteId, 'wait.for@example.com'))?.id, sent.id);
    assert.equal(await read.findSent(await site(), 'wait.for@example.com'), undefined);
    assert.equal(await read.findSent(siteId, asked.inviteeEmail!.toLowerCase()), undefined);
    assert.equal((await read.findAsked(siteId, account, allAfter(499)))?.id, asked.id);
    assert.equal(await read.findAsked(siteId, account, allAfter(500)), undefined);
    assert.equal(await read.findAsked(await site(), account, allAfter(0)), undefined);
    await store.transaction((tx) => tx.invitations.end(sent.id, { status: 'withdrawn', time: 1 }));
    await store.transaction((tx) => tx.invitations.end(asked.id, { status: 'denied', time: 1 }));
    assert.equal(await read.findSent(siteId, 'wait.for@example.com'), undefined);
    assert.equal(await read.findAsked(siteId, account, allAfter(0)), undefined);
  });

  test('a list is the newest first, by pages, and narrow in every way', async () => {
    const place = await site('Lists');
    const account = newAccount().id;
    const first = await made({ siteId: place, createTime: 1, inviteeName: 'ÉCOLE 1%' });
    const third = await made({ siteId: place, createTime: 3, action: 'approve', inviteeId: account });
    const second = await made({
      siteId: place,
      createTime: 2,
      expireTime: 50,
      inviteeEmail: 'Zed@example.com',
    });
    const ids = async (filter: InvitationFilter, now = 100, page = all) => {
      const { data, total } = await other.read.invitations.list(
        { siteId: place, ...filter },
        { activate: allAfter(now), approve: allAfter(now) },
        page,
      );
      if (page === all) assert.equal(total, data.length);
      return data.map(({ id }) => id);
    };
    assert.deepEqual(await ids({}), [third.id, second.id, first.id]);
    assert.deepEqual(await ids({}, 0, { skip: 1, take: 1, total: false }), [second.id]);
    assert.deepEqual(await ids({ search: 'école 1%' }), [first.id]);
    assert.deepEqual(await ids({ search: 'zED@' }), [second.id]);
    assert.deepEqual(await ids({ search: '1_' }), []);
    assert.deepEqual(await ids({ action: 'approve' }), [third.id]);
    assert.deepEqual(await ids({ status: 'pending' }, 49), [third.id, second.id, first.id]);
    assert.deepEqual(await ids({ status: 'pending' }, 50), [third.id, first.id]);
    assert.deepEqual(await ids({ status: 'expired' }, 50), [second.id]);
    assert.deepEqual(await ids({ status: 'denied' }), []);
    assert.deepEqual(await ids({ addressee: { accountId: account } }), [third.id]);
    const addressee = { accountId: account, emailKey: 'zed@example.com' };
    assert.deepEqual(await ids({ addressee }), [third.id, second.id]);
    const taken = { status: 'activated', time: 1, invitee: invitee() } as const;
    await store.transaction((tx) => tx.invitations.end(second.id, taken));
    assert.deepEqual(await ids({ addressee }), [third.id], 'somebody else has taken it up');
    assert.deepEqual(await ids({ search: 'who did' }), [second.id]);
    assert.deepEqual(await ids({ siteId: await site() }), []);
  });

  test('sending anew voids the older code, and is for those that wait alone', async () => {
    const one = await made();
    const renewal = {
      role: 'manager',
      senderId: newAccount().id,
      inviteeName: 'New',
      sentTime: 40,
      expireTime: 2000,
      codeHash: newHash(),
    };
    const renew = (id: InvitationId) => store.transaction((tx) => tx.invitations.renew(id, renewal));
    assert.equal(await renew(one.id), true);
    assert.deepEqual(await find(one.id), shown({ ...one, ...renewal }));
    assert.equal(await other.read.invitations.findByCode(one.codeHash!), undefined);
    assert.equal((await other.read.invitations.findByCode(renewal.codeHash))?.id, one.id);
    assert.equal(
      await store.transaction((tx) => tx.invitations.end(one.id, { status: 'withdrawn', time: 1 })),
      true,
    );
    const asked = await made({ action: 'approve' });
    for (const id of [one.id, asked.id, newId() as InvitationId]) assert.equal(await renew(id), false);
  });

  test('it ends once, under the conditions that are named, and its code with it', async () => {
    const one = await made();
    const end = { status: 'activated', time: 99, invitee: invitee(), role: 'user' } as const;
    const ends = (condition?: object) =>
      store.transaction((tx) => tx.invitations.end(one.id, end, condition));
    assert.equal(await ends({ action: 'approve' }), false);
    assert.equal(await ends({ alive: allAfter(1000) }), false);
    assert.equal(await ends({ codeHash: newHash() }), false);
    assert.deepEqual(await find(one.id), shown(one));
    assert.equal(await ends({ action: 'activate', alive: allAfter(999), codeHash: one.codeHash }), true);
    const { id: inviteeId, name: inviteeName } = end.invitee;
    assert.deepEqual(await find(one.id), shown({ ...one, status: 'activated', inviteeId, inviteeName }));
    assert.equal(await other.read.invitations.findByCode(one.codeHash!), undefined);
    assert.equal(await ends(), false);
  });

  test('of 30 who take one up at once, on two instances, one does', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, codeHash } = await made();
      const people = Array.from({ length: 30 }, () => invitee());
      const done = await inParallel(30, (i) =>
        (i % 2 ? store : other).transaction((tx) =>
          tx.invitations.end(
            id,
            { status: 'activated', time: 50, invitee: people[i]! },
            { action: 'activate', alive: allAfter(50), ...(i % 3 > 0 && { codeHash: codeHash! }) },
          ),
        ),
      );
      assert.equal(done.filter(Boolean).length, 1);
      assert.equal((await find(id))?.inviteeId, people[done.indexOf(true)]!.id);
    }
  });

  test('taking up, taking back and sending anew at once: the code of a new one outlives no end', async () => {
    for (let round = 0; round < 10; round++) {
      const { id, codeHash } = await made();
      const codeAfter = newHash();
      const renewal = { role: 'user', senderId: creator.id, inviteeName: '', sentTime: 60, expireTime: 2000 };
      const [taken, back, renewed] = await Promise.all([
        store.transaction((tx) =>
          tx.invitations.end(
            id,
            { status: 'activated', time: 50, invitee: invitee() },
            { codeHash: codeHash! },
          ),
        ),
        other.transaction((tx) => tx.invitations.end(id, { status: 'withdrawn', time: 50 })),
        store.transaction((tx) => tx.invitations.renew(id, { ...renewal, codeHash: codeAfter })),
      ]);
      assert.notEqual(taken, back, 'one of them ended it');
      assert.equal((await find(id))?.status, taken ? 'activated' : 'withdrawn');
      if (renewed) assert.equal(back, true, 'the older code was void already');
      assert.equal(await store.read.invitations.findByCode(codeAfter), undefined);
      assert.equal(await store.read.invitations.findByCode(codeHash!), undefined);
    }
  });

  test('sends are counted by what they have in common, within a time', async () => {
    const [a, b] = [newAccount().id, newAccount().id];
    const [one, two] = [await site(), await site()];
    const send = (kind: 'invite' | 'ask', place: SiteId, senderId: AccountId, subject: string) => ({
      kind,
      siteId: place,
      senderId,
      subject,
    });
    const sends = [
      [send('invite', one, a, 'x'), 10],
      [send('invite', two, a, 'x'), 20],
      [send('invite', one, b, 'x'), 30],
      [send('ask', one, a, 'x'), 40],
      [send('invite', one, a, 'y'), 50],
    ] as const;
    await store.transaction(async (tx) => {
      for (const [what, time] of sends) await tx.invitations.noteSend(what, time);
    });
    const since = (
      same: readonly ('siteId' | 'senderId' | 'subject')[],
      most: number,
      within = 100,
      now = 60,
    ) => other.read.invitations.limitedSince(sends[0][0], { same, most, within }, allAfter(now - within));
    assert.equal(await since(['senderId'], 3), 10);
    assert.equal(await since(['senderId'], 4), undefined);
    assert.equal(await since(['senderId'], 2), 20);
    assert.equal(await since(['siteId'], 3), 10);
    assert.equal(await since(['siteId', 'subject'], 2), 10);
    assert.equal(await since(['subject'], 3), 10);
    assert.equal(await since(['senderId'], 3, 50), undefined, 'the first is too long ago');
    assert.equal(await since(['senderId'], 3, 51), 10);
    await store.transaction((tx) => tx.invitations.removeSends(allAfter(20)));
    assert.equal(await since(['senderId'], 3), undefined);
    assert.equal(await since(['senderId'], 2), 20);
    await store.transaction((tx) => tx.invitations.removeOfSite(one));
    assert.equal(await since(['siteId'], 1), undefined);
    await store.transaction((tx) => tx.invitations.removeOfAccount(a, []));
    assert.equal(await since(['senderId'], 1), undefined);
  });

  test('a site’s are removed, and nobody else’s', async () => {
    const place = await site();
    const [gone, stays] = [await made({ siteId: place }), await made()];
    await store.transaction((tx) => tx.invitations.removeOfSite(place));
    assert.equal(await find(gone.id), undefined);
    assert.ok(await find(stays.id));
  });

  test('what is about an account, and what waits that it has sent, is removed', async () => {
    const account = newAccount().id;
    const gone = [
      await made({ inviteeId: account, action: 'approve' }),
      await made({ inviteeId: account, status: 'notified', action: 'notify' }),
      await made({ senderId: account }),
      await made({ inviteeEmail: 'Gone@example.com' }),
      await made({ inviteeEmail: 'gone@example.com', status: 'withdrawn' }),
    ];
    const stays = [
      await made({ creatorId: account }),
      await made({ senderId: account, status: 'activated', inviteeId: newAccount().id }),
      await made({ inviteeEmail: 'not-gone@example.com' }),
    ];
    await store.transaction((tx) => tx.invitations.removeOfAccount(account, ['gone@example.com']));
    for (const { id } of gone) assert.equal(await find(id), undefined);
    for (const { id } of stays) assert.ok(await find(id));
  });

  test('old ones are removed by what happened to them last, a batch at a time', async () => {
    await store.transaction((tx) => tx.invitations.removeOld(allAfter(10_000), 1000));
    const [first, second, third] = [
      await made({ sentTime: 1 }),
      await made({ sentTime: 2 }),
      await made({ sentTime: 3 }),
    ];
    await store.transaction((tx) => tx.invitations.end(first.id, { status: 'withdrawn', time: 9 }));
    const removeOld = (time: number, limit: number) =>
      store.transaction((tx) => tx.invitations.removeOld(allAfter(time), limit));
    assert.equal(await removeOld(3, 10), 1);
    assert.equal(await find(second.id), undefined);
    assert.equal(await removeOld(10, 1), 1);
    assert.equal(await removeOld(10, 10), 1);
    for (const { id } of [first, third]) assert.equal(await find(id), undefined);
  });

  test('the active accounts that have any of some roles, by their ids, up to a limit', async () => {
    const place = await site();
    const roles = [`${place}:admin`, `${place}:manager`];
    const holders: AccountId[] = [];
    for (const [role, changes] of [
      [`${place}:admin`, {}],
      [`${place}:manager`, {}],
      [`${place}:user`, {}],
      [`${place}0:admin`, {}],
      [`${place}:admin`, { active: false }],
      [`${place}:admin`, { deleted: true }],
    ] as const) {
      const account = newAccount(changes);
      await insertAccount(store, account);
      await store.transaction((tx) => tx.roles.grant(account.id, [role], 1));
      holders.push(account.id);
    }
    const expected = holders.slice(0, 2).toSorted((a, b) => Number(a) - Number(b));
    assert.deepEqual(await other.read.roles.listHolders(roles, 10), expected);
    assert.deepEqual(await other.read.roles.listHolders(roles, 1), expected.slice(0, 1));
    assert.deepEqual(await other.read.roles.listHolders([], 10), []);
  });
});
