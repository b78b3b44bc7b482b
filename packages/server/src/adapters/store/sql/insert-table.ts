import type { Kysely } from 'kysely';
import type { Engine, Tables } from './database.ts';
import type { Row, Table } from './held-database.ts';
import { createInserter } from './insert-rows.ts';
import { prepareByKysely } from './prepare.ts';

/** Returns what adds rows to any table. */
export function createTableInserter(kysely: Kysely<Tables>, engine: Engine) {
  const database = { kysely, engine, prepare: prepareByKysely(kysely, engine) };
  const inserters = new Map<string, ReturnType<typeof createInserter>>();

  function inserterOf(name: string) {
    const known = inserters.get(name);
    if (known !== undefined) return known;
    const made = createInserter((db, rows) => db.insertInto(name as 'accounts').values(rows));
    inserters.set(name, made);
    return made;
  }

  return async ({ name }: Table, rows: readonly Row[]): Promise<void> => {
    await inserterOf(name)(database, rows);
  };
}
