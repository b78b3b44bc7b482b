import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { type OpenStore, openStore } from '../../src/adapters/store/open-store.ts';
import { inParallel, insertAccount, insertSessions, newAccount, newEntry } from '../support/entities.ts';
import { type PgBouncer, type PoolMode, startPgBouncer } from '../support/pgbouncer.ts';
import { makeDatabase } from '../support/stores.ts';

const warning = /through a pooler\. Set LATCHKEY_DATABASE_LISTEN_URL/;

for (const mode of ['session', 'transaction'] satisfies PoolMode[]) {
  describe(`behind PgBouncer in ${mode} mode`, () => {
    const undo: (() => Promise<void>)[] = [];
    let bouncer: PgBouncer;
    let directUrl: string;
    let url: string;
    let store: OpenStore;
    const open = async (options = {}) => {
      const opened = await openStore(url, options);
      undo.push(() => opened.close());
      return opened;
    };
    before(async () => {
      const database = await makeDatabase('postgres', (cleanUp) => undo.push(cleanUp), { empty: true });
      directUrl = database.url;
      bouncer = await startPgBouncer(directUrl, mode);
      undo.push(() => bouncer.close());
      url = bouncer.urlOf(directUrl);
      // Several instances start at once on an empty database.
      const stores = await inParallel(3, () => open());
      await Promise.all(stores.map((each) => each.migrate()));
      store = stores[0]!;
    });
    after(async () => {
      for (const cleanUp of undo.toReversed()) await cleanUp();
    });

    test('360 look-ups at once, among transactions, are all answered', async () => {
      const { sessions } = await insertSessions(store, 3);
      const other = await open();
      const looked = Array.from({ length: 360 }, (_, i) =>
        (i % 2 ? store : other).read.sessions.find(sessions[i % 3]!.id),
      );
      const written = Array.from({ length: 30 }, () => insertAccount(other, newAccount()));
      const found = await Promise.all(looked);
      assert.deepEqual(
        found.map((each) => each?.session.id),
        looked.map((_, i) => sessions[i % 3]!.id),
      );
      assert.ok((await Promise.all(written)).every(Boolean));
    });

    test('a transaction has our settings whatever others have set, and leaves none behind', async () => {
      const client = new pg.Client(directUrl);
      await client.connect();
      const { rows } = await client.query('select current_database() as name');
      const database = pg.escapeIdentifier(rows[0].name);
      for (const setting of [
        'synchronous_commit = off',
        'statement_timeout = 77',
        'default_transaction_isolation = serializable',
      ])
        await client.query(`alter database ${database} set ${setting}`);
      await client.query(`create table seen (at text, settings text)`);
      await client.query(`create function see() returns trigger language plpgsql as $$ begin
        insert into seen values ('inside', concat_ws(' ', current_setting('synchronous_commit'),
          current_setting('statement_timeout'), current_setting('transaction_isolation')));
        return new; end $$`);
      await client.query('create trigger see before insert on accounts for each row execute function see()');
      const fresh = await startPgBouncer(directUrl, mode);
      const later = await openStore(fresh.urlOf(directUrl));
      try {
        await insertAccount(later, newAccount());
        const through = new pg.Client(fresh.urlOf(directUrl));
        await through.connect();
        const outside = await through.query(
          "select current_setting('statement_timeout') as t, current_setting('synchronous_commit') as c",
        );
        await through.end();
        const inside = await client.query('select settings from seen');
        assert.deepEqual(inside.rows, [{ settings: 'on 2500ms read committed' }]);
        assert.deepEqual(outside.rows, [{ t: '77ms', c: 'off' }]);
      } finally {
        await later.close();
        await fresh.close();
        await client.query('drop trigger see on accounts');
        for (const setting of ['synchronous_commit', 'statement_timeout', 'default_transaction_isolation'])
          await client.query(`alter database ${database} reset ${setting}`);
        await client.end();
      }
    });

    test('a commit of another instance is heard within the bound, and sooner over a URL of its own', async (t) => {
      const warnings: string[] = [];
      const plain = await open({ warn: (sentence: string) => warnings.push(sentence) });
      const quick = await open({ listenUrl: directUrl, warn: assert.fail });
      const slow = await delaysOf(plain, store, 8);
      const fast = await delaysOf(quick, store, 8);
      t.diagnostic(`polling ${slow.map(Math.round)}, listening ${fast.map(Math.round)} ms`);
      assert.ok(slow.at(-1)! < 600, `${slow}`);
      assert.ok(fast[4]! < 100, `${fast}`);
      assert.equal(warnings.length, 1);
      assert.match(warnings[0]!, warning);
      assert.deepEqual(await quick.cautions(), []);
      assert.match((await plain.cautions()).join(), warning);
      assert.ok(!bouncer.log().includes('when not linked'), 'no LISTEN has been left in the pool');
    });

    test('a LISTEN URL that brings no notification is found out, and the head is read instead', async () => {
      for (const [listenUrl, reason] of [
        ['postgres://127.0.0.1:1/nothing', /does not work: .*ECONNREFUSED/],
        [Object.assign(new URL(directUrl), { pathname: '/postgres' }).href, /must lead to the same database/],
        ...(mode === 'transaction' ? [[url, /not to a pooler in transaction mode/] as const] : []),
      ] as const) {
        const warnings: string[] = [];
        const deaf = await open({ listenUrl, warn: (sentence: string) => warnings.push(sentence) });
        const delays = await delaysOf(deaf, store, 3, 1300);
        assert.ok(delays.at(-1)! < 600, `${delays}`);
        assert.match(warnings.join(), reason);
      }
    });
  });
}

test('PgBouncer in statement mode is refused with what to do', async (t) => {
  const { url } = await makeDatabase('postgres', (cleanUp) => t.after(cleanUp));
  const bouncer = await startPgBouncer(url, 'statement');
  t.after(() => bouncer.close());
  await assert.rejects(openStore(bouncer.urlOf(url)), {
    name: 'StoreError',
    message: /Set pool_mode to transaction or session/,
  });
});

/** How long it takes until commits of the other are heard, in order. Milliseconds. */
async function delaysOf(store: OpenStore, other: OpenStore, count: number, settle = 400): Promise<number[]> {
  const delays: number[] = [];
  let told = () => {};
  const stop = store.onAppend(() => told());
  await sleep(settle);
  for (let i = 0; i < count; i++) {
    const { promise, resolve } = Promise.withResolvers<number>();
    told = () => resolve(performance.now());
    await other.transaction((tx) => tx.log.append([newEntry()], 1, 2));
    const committed = performance.now();
    delays.push(Math.max(0, (await promise) - committed));
    told = () => {};
    await sleep(7 * i);
  }
  stop();
  return delays.sort((a, b) => a - b);
}
