import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import { type OpenStore, openStore } from '../../src/adapters/store/open-store.ts';
import { runInBatches } from '../../src/kernel/run-in-batches.ts';
import { allAfter } from '../support/clock.ts';
import { insertSessions } from '../support/entities.ts';
import { makeDatabase } from '../support/stores.ts';

const mebibyte = 2 ** 20;
const fileOf = (url: string) => url.slice('sqlite:'.length);

/** Makes a file of some 10 MiB, of which almost all is free. */
async function fillAndEmpty(store: OpenStore): Promise<void> {
  const data = { text: 'x'.repeat(12_000) };
  const { sessions } = await insertSessions(store, 800, () => ({ data }));
  const ids = sessions.map(({ id }) => id);
  await store.transaction((tx) => tx.sessions.end({ ids }, 1, 'closed'));
  await runInBatches(100, (limit) => store.transaction((tx) => tx.sessions.removeClosed(allAfter(2), limit)));
}

function checkpoint(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
}

describe('the space of a SQLite file', () => {
  test('is given back in small steps when rows were deleted, while others read and write', async (t) => {
    const { url, store, open } = await makeDatabase('sqlite', (undo) => t.after(undo));
    const other = await open();
    await fillAndEmpty(store);
    checkpoint(fileOf(url));
    const before = statSync(fileOf(url)).size;
    assert.ok(before > 8 * mebibyte, `${before} bytes`);
    const { free } = await store.size();
    assert.ok(free! > 8 * mebibyte, `${free} bytes are free`);

    const given = runInBatches(64, (pages) => store.giveBack(pages));
    const { account, sessions } = await insertSessions(other, 20);
    assert.ok((await given) > 1500);
    checkpoint(fileOf(url));
    const after = statSync(fileOf(url)).size;
    assert.ok(after < 3 * mebibyte, `${after} bytes are left of ${before}`);
    assert.equal(await store.giveBack(64), 0, 'what is left is spare');
    await turn();
    assert.equal((await store.read.sessions.find(sessions[7]!.id))?.session.accountId, account.id);
    assert.deepEqual(await store.cautions(), []);
  });

  test('of a file that an earlier version made is not, until it was written anew', async (t) => {
    const { url, store: first } = await makeDatabase('sqlite', (undo) => t.after(undo), { empty: true });
    await first.close();
    const file = fileOf(url);
    const old = new DatabaseSync(file);
    old.exec('pragma journal_mode = delete; pragma auto_vacuum = none; vacuum; pragma journal_mode = wal');
    old.close();

    const store = await openStore(url);
    t.after(() => store.close());
    await store.migrate();
    await fillAndEmpty(store);
    const { sessions } = await insertSessions(store, 1);
    assert.equal(await store.giveBack(64), 0);
    assert.match((await store.cautions()).join(), /latchkey migrate --compact/);
    const other = await openStore(url);
    t.after(() => other.close());
    assert.equal(await other.compact(), true);
    assert.ok(statSync(file).size < mebibyte, `${statSync(file).size} bytes`);
    assert.deepEqual(await store.cautions(), []);
    assert.ok(await store.read.sessions.find(sessions[0]!.id));

    await fillAndEmpty(store);
    assert.ok((await runInBatches(64, (pages) => store.giveBack(pages))) > 1500);
  });

  test('is not for the write-ahead log to grow in, once those who read have finished', async (t) => {
    const { url, store } = await makeDatabase('sqlite', (undo) => t.after(undo));
    const wal = () => statSync(`${fileOf(url)}-wal`).size;
    const backup = new DatabaseSync(fileOf(url), { readOnly: true });
    backup.exec('begin; select head from log_head');
    for (let i = 0; i < 3; i++) await fillAndEmpty(store);
    assert.ok(wal() > 32 * mebibyte, `${wal()} bytes: the reader kept nothing`);
    backup.exec('commit');
    backup.close();
    for (let i = 0; i < 2; i++) await fillAndEmpty(store);
    assert.ok(wal() < 20 * mebibyte, `${wal()} bytes`);
  });
});

describe('the space of a PostgreSQL database', () => {
  test('is looked after by PostgreSQL, and it is told where that is off or does not keep up', async (t) => {
    const { url, store } = await makeDatabase('postgres', (undo) => t.after(undo));
    assert.deepEqual([await store.giveBack(64), await store.compact()], [0, false]);
    assert.ok((await store.size()).bytes > 100_000);
    assert.deepEqual(await store.cautions(), []);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    t.after(() => client.end());
    const { rows } = await client.query(
      "select relname, reloptions from pg_class where relname in ('sessions', 'log_entries', 'mails')",
    );
    assert.equal(rows.length, 3);
    for (const { relname, reloptions } of rows)
      assert.match(String(reloptions), /autovacuum_vacuum_scale_factor=0.02/, relname);

    await client.query('alter table codes set (autovacuum_enabled = off)');
    await client.query(
      "insert into codes select i, 'recover', '', '', 0, 0 from generate_series(1, 60000) i",
    );
    await client.query('delete from codes');
    await client.query('select pg_stat_force_next_flush()').catch(() => {});
    await client.query('select 1');
    const [off, dead] = await store.cautions();
    assert.match(off!, /off for the table codes, .* ALTER TABLE codes RESET/);
    assert.match(dead!, /codes holds 60000 dead rows beside 0 live ones/);
  });
});
