import { sql } from 'kysely';
import { holdDatabase } from '../../src/adapters/store/copy/hold-database.ts';
import { readTables } from '../../src/adapters/store/copy/tables.ts';
import type { Row } from '../../src/adapters/store/sql/held-database.ts';
import { openRaw } from '../e2e/support/database.ts';
import { type Engine, makeDatabase } from '../support/stores.ts';

export type Undo = (cleanUp: () => Promise<void>) => void;

/** The URL of a database that nobody is connected to. */
export async function newUrl(engine: Engine, undo: Undo, { empty = true } = {}): Promise<string> {
  const { url, store } = await makeDatabase(engine, undo, { empty });
  await store.close();
  return url;
}

/** A column as PostgreSQL's catalog has it. */
interface CatalogColumn {
  readonly table: string;
  readonly column: string;
  readonly type: 'bigint' | 'integer' | 'double precision' | 'text';
  readonly nullable: boolean;
  readonly computed: boolean;
  /** Whether the database gives a number by itself. */
  readonly counted: boolean;
}

/** Every column of every table of Latchkey in a PostgreSQL database. */
export async function readCatalog(url: string): Promise<CatalogColumn[]> {
  const database = await openRaw(url);
  try {
    const rows = await database.rows(`
      select table_name as table, column_name as column, data_type as type, is_nullable = 'YES' as nullable,
        is_generated = 'ALWAYS' as computed, is_identity = 'YES' or column_default like 'nextval%' as counted
      from information_schema.columns where table_schema = 'public' and table_name not like 'latchkey_migration%'
      order by table_name, ordinal_position`);
    return rows as unknown as CatalogColumn[];
  } finally {
    await database.close();
  }
}

/**
 * Fills every table with values that are odd for their type: the largest numbers, all digits of a fraction, characters of
 * every kind, null wherever it is allowed. Nothing of it is known by name, so a table that is added later is filled too.
 */
export async function fill(url: string, catalog: readonly CatalogColumn[], rows: number): Promise<void> {
  await holdDatabase(url, 'target', async (held) => {
    for (const table of await readTables()) {
      const columns = catalog.filter((column) => column.table === table.name && !column.computed);
      await held.run(sql`delete from ${sql.table(table.name)}`);
      const numbers = table.seeded ? [1] : Array.from({ length: rows }, (_, i) => i);
      await held.insert(
        table,
        numbers.map((i) => inventRow(columns, i)),
      );
    }
  });
}

/** A row whose values depend on their type and the number only, so that what refers to another row finds it. */
function inventRow(columns: readonly CatalogColumn[], i: number): Row {
  return Object.fromEntries(
    columns.map(({ column, type, nullable }): [string, string | number | null] => {
      if (nullable && i % 3 === 2) return [column, null];
      if (type === 'integer') return [column, i];
      if (type === 'bigint') return [column, Number.MAX_SAFE_INTEGER - i];
      return [column, type === 'text' ? `a:\u{1f600} ñ "'\\\n\t\u0001%s{}\uffff ${i}` : i * 0.1 + 0.2];
    }),
  );
}

/** All rows of the tables of the catalog, read past the service, and ordered. */
export async function readAll(
  url: string,
  catalog: readonly CatalogColumn[],
): Promise<Record<string, unknown>> {
  const database = await openRaw(url);
  try {
    const all: Record<string, unknown> = {};
    for (const table of new Set(catalog.map((column) => column.table))) {
      const columns = catalog.filter((column) => column.table === table);
      const rows = await database.rows(
        `select ${columns.map(({ column }) => `"${column}"`).join(', ')} from ${table}`,
      );
      all[table] = rows
        .map((row) =>
          columns.map(({ column, type }) =>
            type === 'bigint' && row[column] !== null ? Number(row[column]) : row[column],
          ),
        )
        .map((row) => JSON.stringify(row))
        .sort();
    }
    return all;
  } finally {
    await database.close();
  }
}
