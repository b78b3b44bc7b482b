import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import type { World } from './world.ts';

/** All bytes of the database that a thief of its files would find, with what was moved out of the log. */
export async function everythingStored(w: World): Promise<Buffer> {
  const { databaseUrl } = w.app.config;
  if (databaseUrl.startsWith('sqlite:')) {
    const file = databaseUrl.slice('sqlite:'.length);
    using database = new DatabaseSync(file);
    database.exec('pragma wal_checkpoint(truncate)');
    return Buffer.concat([file, `${file}-wal`, `${file}-shm`].map((path) => readFileSync(path)));
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query("select tablename from pg_tables where schemaname = 'public'");
    const texts: string[] = [];
    for (const { tablename } of rows as { tablename: string }[]) {
      const all = await client.query(`select t::text as text from "${tablename}" t`);
      texts.push(...(all.rows as { text: string }[]).map(({ text }) => text));
    }
    return Buffer.from(texts.join('\n'));
  } finally {
    await client.end();
  }
}

/** The columns of whole numbers of every table, each as `table.column`. */
export async function numbersStored(w: World): Promise<string[]> {
  const { databaseUrl } = w.app.config;
  if (databaseUrl.startsWith('sqlite:')) {
    using database = new DatabaseSync(databaseUrl.slice('sqlite:'.length));
    const rows = database
      .prepare(
        `select t.name || '.' || c.name as name from sqlite_schema t, pragma_table_info(t.name) c
         where t.type = 'table' and lower(c.type) = 'integer'`,
      )
      .all();
    return rows.map(({ name }) => String(name));
  }
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and data_type in ('bigint', 'integer')`,
    );
    return rows.map(({ name }) => String(name));
  } finally {
    await client.end();
  }
}
