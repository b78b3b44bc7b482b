import { Kysely } from 'kysely';
import { migrate } from '../migrations/index.ts';
import type { Tables } from '../sql/database.ts';
import type { Column, Table } from '../sql/held-database.ts';
import { openConnection } from '../sqlite/connection.ts';
import { writerDialect } from '../sqlite/driver.ts';

/**
 * Every table of this version, each after those that it refers to. They are read from a new database, so that no list can
 * forget one: the migrations are the list.
 */
export async function readTables(): Promise<Table[]> {
  const connection = openConnection(':memory:', { readOnly: false, busyTimeout: 0 });
  try {
    await migrate(new Kysely<Tables>({ dialect: writerDialect(connection, 1000) }), 'sqlite');
    // In the order in which they were made: PostgreSQL makes no table that refers to a later one.
    const names = connection
      .prepare("select name from sqlite_schema where type = 'table' order by rowid")
      .all() as unknown as { name: string }[];
    return names
      .filter(({ name }) => !/^(sqlite|latchkey_migration)/.test(name))
      .map(({ name }) => ({
        name,
        columns: columnsOf(connection, name),
        seeded: connection.prepare(`select 1 from "${name}"`).get() !== undefined,
      }));
  } finally {
    connection.database.close();
  }
}

function columnsOf(connection: ReturnType<typeof openConnection>, table: string): Column[] {
  // `hidden` is above 0 for what SQLite computes.
  const rows = connection.prepare('select name, lower(type) as type, hidden from pragma_table_xinfo(?)');
  return (rows.all(table) as unknown as (Column & { readonly hidden: number })[])
    .filter(({ hidden }) => hidden === 0)
    .map(({ name, type }) => ({ name, type }));
}
