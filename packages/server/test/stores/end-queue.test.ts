import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context, Store } from '../../src/kernel/context.ts';
import { AppError } from '../../src/kernel/errors.ts';
import { EndQueue } from '../../src/sessions/end-queue.ts';
import { insertSessions } from '../support/entities.ts';
import { forEachStore } from '../support/stores.ts';

/** What ending needs of a context, on a real store; counts the transactions. */
function contextOn(store: Store) {
  const count = { transactions: 0 };
  const ctx = {
    read: store.read,
    transaction: (work: Parameters<Store['transaction']>[0]) => {
      count.transactions += 1;
      return store.transaction(work);
    },
    clock: { now: () => 1_700_000_100_000 },
    policy: { tokenTtl: 300_000 },
  } as unknown as Context;
  return { ctx, count };
}

forEachStore('sessions that end one by one', (makeDatabase) => {
  test('end together in few transactions, each with an entry and a position of its own or later', async () => {
    const { store } = await makeDatabase();
    const { sessions } = await insertSessions(store, 50);
    const { ctx, count } = contextOn(store);
    const ends = new EndQueue(ctx);
    const seqs = await Promise.all(sessions.map(({ id }, i) => ends.end(id, i % 2 ? 'closed' : 'signout')));
    assert.ok(count.transactions <= 3, String(count.transactions));
    const entries = await store.read.log.list(0, 1000);
    assert.deepEqual(
      entries.map(({ seq }) => seq),
      Array.from({ length: 50 }, (_, i) => i + 1),
    );
    for (const [i, { id }] of sessions.entries()) {
      const own = entries.filter(({ subject }) => 'session' in subject && subject.session === id);
      assert.equal(own.length, 1);
      assert.equal(own[0]!.reason, i % 2 ? 'closed' : 'signout');
      assert.ok(seqs[i]!.seq >= own[0]!.seq);
      const stored = await store.read.sessions.find(id);
      assert.equal(stored!.session.closeReason, own[0]!.reason);
      assert.deepEqual(seqs[i]!.session, stored!.session);
    }
  });

  test('one that is asked for twice ends once, and one that had ended has no position', async () => {
    const { store } = await makeDatabase();
    const { sessions } = await insertSessions(store, 1);
    const { ctx } = contextOn(store);
    const ends = new EndQueue(ctx);
    const { id } = sessions[0]!;
    const twice = await Promise.all([ends.end(id, 'closed'), ends.end(id, 'closed')]);
    assert.deepEqual(
      twice.map((ended) => ended?.seq),
      [1, undefined],
    );
    assert.equal(await ends.end(id, 'closed'), undefined);
    assert.equal((await store.read.log.list(0, 10)).length, 1);
  });

  test('one that another transaction holds does not hold up the others, and ends when it is let go', async () => {
    const { store, engine } = await makeDatabase();
    if (engine === 'sqlite') return; // One transaction writes at a time.
    const { sessions } = await insertSessions(store, 3);
    const { ctx } = contextOn(store);
    const ends = new EndQueue(ctx);
    const [first, ...rest] = sessions.map(({ id }) => id);
    const holds = Promise.withResolvers<void>();
    const lets = Promise.withResolvers<void>();
    const holding = store.transaction(async (tx) => {
      await tx.sessions.lock(first!);
      holds.resolve();
      await lets.promise;
    });
    await holds.promise;
    const held = ends.end(first!, 'closed');
    const others = await Promise.all(rest.map((id) => ends.end(id, 'closed')));
    assert.deepEqual(
      others.map((ended) => ended?.seq),
      [2, 2],
    );
    lets.resolve();
    await holding;
    assert.equal((await held)?.seq, 3);
  });

  test('a failure is told to all who waited for it, and the next ones are served', async () => {
    const { store } = await makeDatabase();
    const { sessions } = await insertSessions(store, 3);
    const { ctx } = contextOn(store);
    let down = true;
    const failing = {
      ...ctx,
      transaction: (work: Parameters<Store['transaction']>[0]) =>
        down ? Promise.reject(new AppError('UNAVAILABLE')) : ctx.transaction(work),
    } as Context;
    const ends = new EndQueue(failing);
    const outcomes = await Promise.allSettled(sessions.map(({ id }) => ends.end(id, 'closed')));
    assert.ok(outcomes.every(({ status }) => status === 'rejected'));
    down = false;
    assert.equal((await ends.end(sessions[0]!.id, 'closed'))?.seq, 1);
  });
});
