import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import pg from 'pg';
import { copyDatabase } from '../../src/adapters/store/copy/copy-database.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
import { startPgBouncer } from '../support/pgbouncer.ts';
import type { Engine } from '../support/stores.ts';
import { fill, newUrl, readAll, readCatalog } from './support.ts';

/** More than are read at once, and no multiple of it. */
const rows = 250;
const engines: readonly Engine[] = ['sqlite', 'postgres'];

describe('a copy', () => {
  let catalog: Awaited<ReturnType<typeof readCatalog>>;
  before(async () => {
    catalog = await readCatalog(await newUrl('postgres', () => {}, { empty: false }));
    assert.ok(catalog.length > 100);
  });

  for (const from of engines) {
    for (const to of engines) {
      it(`has every value of every table, from ${from} to ${to}`, async (t) => {
        const source = await newUrl(from, (undo) => t.after(undo), { empty: false });
        const target = await newUrl(to, (undo) => t.after(undo));
        await fill(source, catalog, rows);
        const before = await readAll(source, catalog);
        const told = new Set<string>();
        const result = await copyDatabase(source, target, (what, table) => told.add(`${what} ${table}`));
        assert.deepEqual(await readAll(target, catalog), before);
        assert.deepEqual(await readAll(source, catalog), before);
        const tables = [...new Set(catalog.map(({ table }) => table))];
        assert.deepEqual(Object.keys(result.tables).sort(), tables);
        for (const table of tables) {
          assert.equal(result.tables[table], (before[table] as unknown[]).length, table);
          assert.ok(result.tables[table]! > 0, `${table} was filled`);
          for (const what of ['copying', 'comparing']) assert.ok(told.has(`${what} ${table}`), table);
        }
        const store = await openStore(target, { mustExist: true });
        t.after(() => store.close());
        assert.equal((await store.read.log.state()).head, Number.MAX_SAFE_INTEGER - 1);
      });
    }
  }

  it('goes to PostgreSQL through a pooler, and back from there, with connections that the pooler keeps', async (t) => {
    const undo = (cleanUp: () => Promise<void>) => t.after(cleanUp);
    const source = await newUrl('sqlite', undo, { empty: false });
    const [target, back] = [await newUrl('postgres', undo), await newUrl('sqlite', undo)];
    const bouncer = await startPgBouncer(target, 'transaction');
    t.after(() => bouncer.close());
    await fill(source, catalog, 20);
    const through = bouncer.urlOf(target);
    await copyDatabase(source, through, () => {});
    const store = await openStore(through, { mustExist: true });
    await store.ping();
    await store.close();
    await copyDatabase(through, back, () => {});
    assert.deepEqual(await readAll(back, catalog), await readAll(source, catalog));
  });

  it('goes from one schema to another of the same database, and leaves the tables of others alone', async (t) => {
    const undo = (cleanUp: () => Promise<void>) => t.after(cleanUp);
    const database = await newUrl('postgres', undo);
    const client = new pg.Client({ connectionString: database });
    await client.connect();
    await client.query(
      'create schema a; create schema b; create table b.invoices (id int); insert into b.invoices values (7)',
    );
    const [source, target] = [`${database}?schema=a`, `${database}?schema=b`];
    const store = await openStore(source);
    await store.migrate();
    await store.close();
    await fill(source, catalog, 20);
    const { tables } = await copyDatabase(source, target, () => {});
    assert.equal(tables.accounts, 20);
    const { rows } = await client.query('select (select count(*) from b.accounts) as n, id from b.invoices');
    assert.deepEqual(rows, [{ n: '20', id: 7 }]);
    await client.end();
  });

  it('needs nothing set for numbers that a database would give by itself: it gives none', async () => {
    assert.deepEqual(
      catalog.filter(({ counted }) => counted),
      [],
    );
  });
});
