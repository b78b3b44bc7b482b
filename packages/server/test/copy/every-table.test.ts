import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { copyDatabase } from '../../src/adapters/store/copy/copy-database.ts';
import { openStore } from '../../src/adapters/store/open-store.ts';
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

  it('needs nothing set for numbers that a database would give by itself: it gives none', async () => {
    assert.deepEqual(
      catalog.filter(({ counted }) => counted),
      [],
    );
  });
});
