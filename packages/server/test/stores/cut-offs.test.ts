import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context, Store } from '../../src/kernel/context.ts';
import { cutOffAccount, endSessions } from '../../src/sessions/end-sessions.ts';
import { insertSessions, newSession } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

/** What ending needs of a context. */
const ctx = {
  clock: { now: () => 1_700_000_100_000 },
  policy: { tokenTtl: 300_000 },
} as unknown as Context;

forEachStore('an account that is cut off', (makeDatabase) => {
  const cutOff = (store: Store, accountId: Parameters<typeof cutOffAccount>[2]) =>
    store.transaction((tx) => cutOffAccount(ctx, tx, accountId, 'account-disabled'));

  test('is one entry, which names the sessions that it ended and no other', async () => {
    const { store } = await makeDatabase();
    const { account, sessions } = await insertSessions(store, 3);
    const { sessions: others } = await insertSessions(store, 2);
    const [closed, ...open] = sessions.map(({ id }) => id);
    await store.transaction((tx) => endSessions(ctx, tx, { ids: [closed!] }, 'signout'));
    const { ended, seq } = await cutOff(store, account.id);
    assert.deepEqual(ended.map(({ id }) => id).sort(), open.sort());
    assert.equal(seq, 2);
    const { sessions: named, ...entry } = (await store.read.log.list(1, 10))[0]!;
    assert.deepEqual([...named!].sort(), open);
    assert.deepEqual(entry, {
      seq: 2,
      at: 1_700_000_100,
      subject: { user: account.id },
      action: 'reject',
      reason: 'account-disabled',
      expiresAt: 1_700_000_520,
    });
    for (const id of open) {
      const { session } = (await store.read.sessions.find(id))!;
      assert.deepEqual([session.closeReason, session.closeTime], ['account-disabled', 1_700_000_100_000]);
    }
    assert.equal((await store.read.sessions.find(closed!))!.session.closeReason, 'signout');
    for (const { id } of others)
      assert.equal((await store.read.sessions.find(id))!.session.closeTime, undefined);
  });

  test('is none where no session is open, and a later session is not concerned', async () => {
    const { store } = await makeDatabase();
    const { account } = await insertSessions(store, 1);
    await cutOff(store, account.id);
    assert.deepEqual(await cutOff(store, account.id), { ended: [], seq: 0 });
    const later = newSession(account);
    await store.transaction((tx) => tx.sessions.insert(later));
    const moment = (await store.read.sessions.find(later.id))!;
    assert.deepEqual([moment.session.closeTime, moment.rev], [undefined, 1]);
    assert.deepEqual(await store.read.log.actionsAbout([{ user: account.id }], moment.rev), []);
    assert.deepEqual(await store.read.log.actionsAbout([{ user: account.id }], 0), ['reject']);
  });

  test('is kept or lost with its transaction', async () => {
    const { store } = await makeDatabase();
    const { account, sessions } = await insertSessions(store, 2);
    const failed = store.transaction(async (tx) => {
      await cutOffAccount(ctx, tx, account.id, 'account-disabled');
      throw new Error('lost');
    });
    await assert.rejects(failed, /lost/);
    assert.deepEqual(await store.read.log.list(0, 10), []);
    for (const { id } of sessions)
      assert.equal((await store.read.sessions.find(id))!.session.closeTime, undefined);
  });
});
