import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenStore } from '../../src/adapters/store/open-store.ts';
import type { SessionId } from '../../src/kernel/ids.ts';
import type { Session } from '../../src/sessions/session.ts';
import { openRaw } from '../e2e/support/database.ts';
import { allAfter } from '../support/clock.ts';
import { inParallel, insertSessions, newAccount, newEntry, newSession } from '../support/entities.ts';
import { forEachStore, type TestDatabase } from '../support/stores.ts';

const all = { skip: 0, take: 100, total: true };
const idsOf = (sessions: readonly Session[]) => sessions.map((session) => session.id).toSorted();

forEachStore('sessions', (makeDatabase, engine) => {
  let store: OpenStore;
  let other: OpenStore;
  let database: TestDatabase;
  before(async () => {
    database = await makeDatabase();
    store = database.store;
    other = await database.open();
  });

  async function openIds(account: { id: Session['accountId'] }) {
    const { data } = await other.read.sessions.list({ accountId: account.id, active: true }, all);
    return idsOf(data.map(({ session }) => session));
  }

  test('find gives the session, its account as it is now and the position of the log', async () => {
    const { account, sessions } = await insertSessions(store, 1, () => ({
      data: { a: 1 },
      amr: ['pwd', 'otp'],
    }));
    const [session] = sessions;
    const rev = await store.transaction((tx) => tx.log.append([newEntry()], 1, 2));
    const { active, deleted, ...profile } = account;
    const user = { ...profile, roles: [], sites: [], settings: {} };
    assert.deepEqual(await other.read.sessions.find(session!.id), {
      session,
      user,
      rev,
      accountActive: true,
    });

    await store.transaction(async (tx) => {
      await tx.accounts.update({ ...account, name: 'Zoë', active: false });
      await tx.roles.grant(account.id, ['site:user', 'admin'], 5);
      await tx.passwords.insert({ accountId: account.id, hash: 'h', changeTime: 77 });
      await tx.log.append([{ subject: { user: account.id }, action: 'refresh', reason: '' }], 1, 2);
      assert.equal(
        (await tx.sessions.find(session!.id))?.user.name,
        'Zoë',
        'a transaction sees its own writes',
      );
    });
    // What another process commits is seen from the next turn of the event loop on.
    await nextTurn();
    assert.deepEqual(await other.read.sessions.find(session!.id), {
      session,
      user: { ...user, name: 'Zoë', roles: ['admin', 'site:user'], changePwdTime: 77 },
      rev: rev + 1,
      accountActive: false,
    });
  });

  test('find tells each change that the log tells at once, on every connection, however often it was asked', async () => {
    const { account, sessions } = await insertSessions(store, 2);
    const [kept, ended] = sessions.map((session) => session.id);
    const find = async (id: SessionId) => {
      await nextTurn();
      const moments = await Promise.all([store, other].map((each) => each.read.sessions.find(id)));
      assert.deepEqual(moments[0], moments[1]);
      return moments[0]!;
    };
    for (let round = 0; round < 20; round++) {
      await find(kept!);
      const name = `name ${round}`;
      const rev = await (round % 2 ? store : other).transaction(async (tx) => {
        await tx.accounts.update({ ...account, name });
        return tx.log.append([{ subject: { user: account.id }, action: 'refresh', reason: '' }], 1, 2);
      });
      const moment = await find(kept!);
      assert.deepEqual([moment.user.name, moment.rev], [name, rev]);
    }
    assert.equal((await find(ended!)).session.closeTime, undefined);
    await other.transaction(async (tx) => {
      await tx.sessions.end({ ids: [ended!] }, 5, 'signout');
      await tx.log.append([{ subject: { session: ended! }, action: 'reject', reason: 'signout' }], 1, 2);
    });
    assert.equal((await find(ended!)).session.closeTime, 5);
    await store.transaction((tx) => tx.sessions.touch(new Map([[kept!, 1_700_000_000_777]])));
    assert.equal((await store.read.sessions.find(kept!))?.session.requestTime, 1_700_000_000_777);
  });

  test('devices and data of an account are forgotten, of its open sessions and of its closed ones', async () => {
    const { account, sessions } = await insertSessions(store, 3, () => ({ data: { a: 1 } }));
    const { sessions: others } = await insertSessions(store, 1, () => ({ data: { a: 1 } }));
    await store.transaction((tx) => tx.sessions.end({ ids: [sessions[0]!.id] }, 5, 'signout'));
    await store.transaction((tx) => tx.sessions.forgetDevices(account.id));
    const { data } = await other.read.sessions.list({ accountId: account.id }, all);
    assert.equal(data.length, 3);
    for (const { session } of data) {
      assert.partialDeepStrictEqual(session, { address: '', client: '', platform: '', data: {} });
      assert.equal(JSON.stringify(session.data), '{}');
    }
    assert.deepEqual((await other.read.sessions.find(others[0]!.id))?.session, others[0]);
  });

  test('no session is found by an id that none has', async () => {
    assert.equal(await store.read.sessions.find(newSession(newAccount()).id), undefined);
    assert.equal(await store.read.sessions.find("' or 1=1 --" as SessionId), undefined);
  });

  test('of 50 endings of one session at once one gets it, and it stays as that one ended it', async () => {
    const { sessions } = await insertSessions(store, 1);
    const id = sessions[0]!.id;
    const ended = await inParallel(50, (i) =>
      (i % 2 ? store : other).transaction((tx) =>
        tx.sessions.end(i % 3 ? { ids: [id] } : { accountId: sessions[0]!.accountId }, 100 + i, 'closed'),
      ),
    );
    const winner = ended.findIndex((got) => got.length > 0);
    const closed = { ...sessions[0]!, closeTime: 100 + winner, closeReason: 'closed' };
    assert.deepEqual(ended.flat(), [closed]);
    assert.deepEqual((await store.read.sessions.find(id))?.session, closed);
  });

  test('end takes only what its filter names', async () => {
    const { account, sessions } = await insertSessions(store, 5);
    const bystander = await insertSessions(store, 1);
    const ids = idsOf(sessions);
    const end = (
      filter: Parameters<Parameters<Parameters<OpenStore['transaction']>[0]>[0]['sessions']['end']>[0],
    ) => store.transaction((tx) => tx.sessions.end(filter, 9, 'cleared'));

    assert.deepEqual(await end({ ids: [] }), []);
    assert.deepEqual(await end({ ids, accountId: bystander.account.id }), []);
    assert.equal((await end({ accountId: account.id, limit: 2 })).length, 2);
    const left = await openIds(account);
    assert.equal(left.length, 3);
    assert.deepEqual(idsOf(await end({ accountId: account.id, except: left[0]! })), left.slice(1));
    assert.deepEqual(await openIds(account), left.slice(0, 1));
    assert.deepEqual(await openIds(bystander.account), idsOf(bystander.sessions));
  });

  test('end with `expired` takes those past a limit, to the millisecond', async () => {
    const { account, sessions } = await insertSessions(store, 4, (i) => ({
      requestTime: [100, 101, 200, 200][i]!,
      expireTime: [999, 999, 500, 501][i]!,
    }));
    const expired = { now: 500, idleSince: 100 };
    const past = [sessions[0]!.id, sessions[2]!.id].toSorted();
    const ids = idsOf(sessions);
    assert.equal(await store.read.sessions.countExpired(expired, 100), 2);
    assert.equal(await store.read.sessions.countExpired(expired, 1), 1);
    const live = await store.read.sessions.listLiveIds({ accountId: account.id, ...expired, take: 9 });
    assert.deepEqual(live, ids.filter((id) => !past.includes(id)).toSorted());
    const one = await store.transaction((tx) => tx.sessions.end({ expired, limit: 1 }, 500, 'expired'));
    const rest = await store.transaction((tx) => tx.sessions.end({ ids, expired }, 500, 'expired'));
    assert.deepEqual(idsOf([...one, ...rest]), past);
    assert.deepEqual(await openIds(account), live);
  });

  test('50 sweeps at once end each expired session once', async () => {
    const { sessions } = await insertSessions(store, 60, () => ({ requestTime: 5 }));
    const swept = await inParallel(50, (i) =>
      (i % 2 ? store : other).transaction((tx) =>
        tx.sessions.end({ expired: { now: 6, idleSince: 5 }, limit: 7 }, 6, 'expired'),
      ),
    );
    assert.deepEqual(idsOf(swept.flat()), idsOf(sessions));
  });

  test('touch moves open sessions forward, never back, and brings no closed one back', async () => {
    const { sessions } = await insertSessions(store, 3, () => ({ requestTime: 100 }));
    const [ahead, behind, closed] = sessions;
    await store.transaction((tx) => tx.sessions.end({ ids: [closed!.id] }, 1, 'signout'));
    const times = [ahead!.id, behind!.id, closed!.id, 'unknown' as SessionId].map((id, i) => [
      id,
      [150, 50, 150, 1][i]!,
    ]);
    await store.transaction((tx) => tx.sessions.touch(new Map(times as [SessionId, number][])));
    const time = async (session: Session) =>
      (await other.read.sessions.find(session.id))?.session.requestTime;
    assert.deepEqual(await Promise.all(sessions.map(time)), [150, 100, 100]);
    assert.equal((await other.read.sessions.find(closed!.id))?.session.closeTime, 1);
  });

  test('a use of a session changes no index, so that it costs little', async () => {
    const raw = await openRaw(database.url);
    const indexes =
      engine === 'sqlite'
        ? "select sql as text from sqlite_schema where type = 'index' and tbl_name = 'sessions'"
        : "select indexdef as text from pg_indexes where tablename = 'sessions'";
    const texts = (await raw.rows(indexes)).map(({ text }) => String(text));
    await raw.close();
    assert.ok(texts.length > 5);
    assert.deepEqual(
      texts.filter((text) => text.includes('request_time')),
      [],
    );
  });

  test('of sessions, only the open ones have a time of use', async () => {
    const { sessions } = await insertSessions(store, 3, (i) => ({ requestTime: 100 + i }));
    const [closed, ...open] = sessions;
    await store.transaction((tx) => tx.sessions.end({ ids: [closed!.id] }, 1, 'signout'));
    const ids = [...idsOf(sessions), 'unknown' as SessionId];
    const times = await other.read.sessions.findRequestTimes(ids);
    assert.deepEqual(times, new Map(open.map(({ id, requestTime }) => [id, requestTime])));
    assert.equal((await other.read.sessions.findRequestTimes([])).size, 0);
  });

  test('a thousand sessions of an account end at once, and their devices are forgotten', async () => {
    const { account, sessions } = await insertSessions(store, 1100, () => ({ data: { a: 1 } }));
    await store.transaction((tx) => tx.sessions.forgetDevices(account.id));
    const left = await other.read.sessions.list(
      { accountId: account.id },
      { skip: 0, take: 2000, total: true },
    );
    assert.equal(left.total, 1100);
    assert.ok(left.data.every(({ session }) => session.address === '' && !('a' in session.data)));
    const ended = await store.transaction((tx) => tx.sessions.end({ accountId: account.id }, 5, 'cleared'));
    assert.deepEqual(idsOf(ended).sort(), idsOf(sessions).sort());
    assert.deepEqual(await openIds(account), []);
  });

  test('touch against end: no order of the two leaves a session open or loses an ending', async () => {
    const { account, sessions } = await insertSessions(store, 40, () => ({ requestTime: 100 }));
    const times = new Map(sessions.map((session) => [session.id, 200]));
    const [ended] = await Promise.all([
      other.transaction((tx) => tx.sessions.end({ accountId: account.id }, 300, 'cleared')),
      ...[1, 2, 3].map(() => store.transaction((tx) => tx.sessions.touch(times))),
      store.transaction((tx) => tx.sessions.touch(new Map([...times].toReversed()))),
    ]);
    assert.deepEqual(idsOf(ended), idsOf(sessions));
    assert.deepEqual(await openIds(account), []);
  });

  test('findLeastUsed names all but those used last', async () => {
    const { account, sessions } = await insertSessions(store, 4, (i) => ({
      requestTime: [30, 10, 40, 20][i]!,
    }));
    const find = (keep: number) => store.transaction((tx) => tx.sessions.findLeastUsed(account.id, keep));
    assert.deepEqual(await find(2), [sessions[3]!.id, sessions[1]!.id]);
    assert.deepEqual(await find(4), []);
  });

  test('proveAgain moves the time of an open session alone', async () => {
    const { sessions } = await insertSessions(store, 1);
    const id = sessions[0]!.id;
    const prove = (time: number) => store.transaction((tx) => tx.sessions.proveAgain(id, time));
    assert.equal(await prove(7), true);
    await store.transaction((tx) => tx.sessions.end({ ids: [id] }, 8, 'signout'));
    assert.equal(await prove(9), false);
    assert.equal((await store.read.sessions.find(id))?.session.authTime, 7);
  });

  test('a list is the newest first and keeps to its filter', async () => {
    const { account, sessions } = await insertSessions(store, 3, (i) => ({
      openTime: [10, 30, 20][i]!,
      address: ['2001:DB8::1', '192.0.2.1', '192.0.2.2'][i]!,
    }));
    const [oldest, newest, middle] = sessions;
    await store.transaction((tx) => tx.sessions.end({ ids: [middle!.id] }, 40, 'signout'));
    const list = async (filter: object, page = all) => {
      const { data, total } = await store.read.sessions.list({ accountId: account.id, ...filter }, page);
      return [total, ...data.map(({ session }) => session.id)];
    };
    assert.deepEqual(await list({}), [3, newest!.id, middle!.id, oldest!.id]);
    assert.deepEqual(await list({}, { skip: 1, take: 1, total: true }), [3, middle!.id]);
    assert.deepEqual(await list({ active: true }), [2, newest!.id, oldest!.id]);
    assert.deepEqual(await list({ active: false }), [1, middle!.id]);
    assert.deepEqual(await list({ fromTime: 20, toTime: 30 }), [1, middle!.id]);
    assert.deepEqual(await list({ ids: [oldest!.id] }), [1, oldest!.id]);
    assert.deepEqual(await list({ ids: [] }), [0]);
    assert.deepEqual(await list({ search: '2001:db8' }), [1, oldest!.id]);
    assert.deepEqual(await list({ search: account.login.toUpperCase() }), [
      3,
      newest!.id,
      middle!.id,
      oldest!.id,
    ]);
    const { data } = await store.read.sessions.list({ ids: [newest!.id] }, all);
    assert.deepEqual(data[0]!.session, newest);
    assert.equal(data[0]!.user.login, account.login);
  });

  test('listLiveIds goes through all ids in their order', async () => {
    const { account, sessions } = await insertSessions(store, 5);
    const limits = { accountId: account.id, now: 1_700_000_000_001, idleSince: 0, take: 2 };
    const seen: SessionId[] = [];
    for (;;) {
      const after = seen.at(-1);
      const page = await store.read.sessions.listLiveIds(after === undefined ? limits : { ...limits, after });
      if (page.length === 0) break;
      seen.push(...page);
    }
    assert.deepEqual(seen, idsOf(sessions));
  });

  test('removeClosed forgets the sessions that were closed before the time, by portions', async () => {
    const { account, sessions } = await insertSessions(store, 4);
    const ids = sessions.map((session) => session.id);
    await store.transaction((tx) => tx.sessions.end({ ids: ids.slice(0, 2) }, -10, 'closed'));
    await store.transaction((tx) => tx.sessions.end({ ids: ids.slice(2, 3) }, -5, 'closed'));
    const remove = () => store.transaction((tx) => tx.sessions.removeClosed(allAfter(-5), 1));
    assert.deepEqual([await remove(), await remove(), await remove()], [1, 1, 0]);
    const { data } = await other.read.sessions.list({ accountId: account.id }, all);
    assert.deepEqual(idsOf(data.map(({ session }) => session)), ids.slice(2).toSorted());
  });

  test('changed data is seen by every process from the next turn of the event loop on, with no entry', async () => {
    const { sessions } = await insertSessions(store, 2, () => ({ data: { a: 1 } }));
    const [session, neighbour] = sessions;
    const { head } = await store.read.log.state();
    for (const id of idsOf(sessions)) await other.read.sessions.find(id);
    for (const data of [{ a: 2 }, { b: { ü: [null] } }, {}]) {
      await store.transaction(async (tx) => {
        assert.deepEqual((await tx.sessions.lock(session!.id))?.id, session!.id);
        await tx.sessions.setData(session!.id, data);
      });
      assert.deepEqual(
        (await store.read.sessions.find(session!.id))?.session.data,
        data,
        'own commits at once',
      );
      await nextTurn();
      assert.deepEqual((await other.read.sessions.find(session!.id))?.session, { ...session, data });
      assert.deepEqual((await other.read.sessions.find(neighbour!.id))?.session, neighbour);
    }
    assert.equal((await store.read.log.state()).head, head);
    assert.equal(await store.transaction((tx) => tx.sessions.lock(newSession(newAccount()).id)), undefined);
  });
});
