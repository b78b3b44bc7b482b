import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { goesOn, learnLog } from '../../src/log/known-log.ts';
import { forEachStore } from '../support/stores.ts';

const entry = (session: string) =>
  ({ subject: { session: session.padEnd(22, 'A') as never }, action: 'reject', reason: 'closed' }) as const;

forEachStore('restarts of the log', (makeDatabase, engine) => {
  const makeLog = async () => {
    const { store, open } = await makeDatabase();
    await store.transaction((tx) => tx.log.append([entry('one'), entry('two')], 1, 2));
    const { log } = store.read;
    const state = () => log.state();
    return { store, open, log, state, known: await learnLog(log, await state()) };
  };

  it('a log goes on that has grown, was pruned, or has begun in place of the known one', async () => {
    const { store, log, state, known } = await makeLog();
    assert.ok(known.last);
    assert.equal(await goesOn(log, known, await state()), true);
    await store.transaction((tx) => tx.log.append([entry('three')], 1, 2));
    assert.equal(await goesOn(log, known, await state()), true);
    await store.transaction((tx) => tx.log.prune(1000, 1000));
    assert.equal(await goesOn(log, known, await state()), true);
    await store.transaction((tx) => tx.log.restart(1000, [known.log], 5));
    assert.equal(await goesOn(log, known, await state()), true);
  });

  it('a log does not go on that is unknown, ends earlier, or has another entry at the known end', async () => {
    const { log, state, known } = await makeLog();
    const now = await state();
    assert.equal(await goesOn(log, { ...known, log: 'another' }, now), false);
    assert.equal(await goesOn(log, { ...known, head: known.head + 1 }, now), false);
    assert.equal(await goesOn(log, { ...known, last: 'another' }, now), false);
    assert.equal(await goesOn(log, known, undefined), false);
  });

  it('the sessions of a restart are closed once, by whoever comes first', async () => {
    const { store, open, known } = await makeLog();
    const other = await open();
    assert.equal(await store.transaction((tx) => tx.log.lockClosing()), false);
    assert.equal(await store.read.log.lastRestart(), undefined);
    await store.transaction((tx) => tx.log.restart(1000, [known.log, 'b'], 5));
    assert.deepEqual(await other.read.log.lastRestart(), { time: 5, closed: 0, closing: true });
    const order: string[] = [];
    await Promise.all(
      [store, other].map((each, i) =>
        each.transaction(async (tx) => {
          const closing = await tx.log.lockClosing();
          order.push(`${closing}`);
          await sleep(50);
          if (closing) await tx.log.countClosed(3 + i, true);
        }),
      ),
    );
    assert.deepEqual(order, ['true', 'false']);
    const last = await store.read.log.lastRestart();
    assert.ok(last !== undefined && !last.closing && last.closed >= 3);
    assert.deepEqual(await Promise.all(['b', known.log, 'c'].map((log) => store.read.log.isFormer(log))), [
      true,
      true,
      false,
    ]);
  });

  if (engine === 'postgres') {
    it('nothing is begun while a restore has not added the references of the sessions', async () => {
      const { store, url } = await makeDatabase();
      const pg = await import('pg');
      const client = new pg.default.Client({ connectionString: url });
      await client.connect();
      await client.query('alter table sessions drop constraint sessions_account_id_fkey');
      await client.end();
      await assert.rejects(
        store.transaction((tx) => tx.log.lock()),
        { code: 'UNAVAILABLE' },
      );
    });
  }
});
