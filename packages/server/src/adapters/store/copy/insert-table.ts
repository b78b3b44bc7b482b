import type { Kysely } from 'kysely';
import { AppError } from '../../../kernel/errors.ts';
import type { Engine, Tables } from '../sql/database.ts';
import { createInserter } from '../sql/insert-rows.ts';
import { prepareByKysely } from '../sql/prepare.ts';
import { CopyError } from './copy-error.ts';
import type { Row, Table } from './held-database.ts';

/** Returns what adds rows to any table. It throws CopyError for rows that the database refuses. */
export function createTableInserter(kysely: Kysely<Tables>, engine: Engine) {
  const database = { kysely, engine, prepare: prepareByKysely(kysely) };
  const inserters = new Map<string, ReturnType<typeof createInserter>>();

  function inserterOf(name: string) {
    const known = inserters.get(name);
    if (known !== undefined) return known;
    const made = createInserter((db, rows) => db.insertInto(name as 'accounts').values(rows));
    inserters.set(name, made);
    return made;
  }

  return async ({ name }: Table, rows: readonly Row[]): Promise<void> => {
    try {
      await inserterOf(name)(database, rows);
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAVAILABLE') throw error;
      throw new CopyError(`The target (--to) refuses rows of ${name}: ${(error as Error).message}.`, {
        cause: error,
      });
    }
  };
}
