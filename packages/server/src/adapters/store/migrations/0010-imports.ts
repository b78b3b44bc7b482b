import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';

/** How far each import of accounts has come. */
export function imports(engine: Engine): Migration {
  const integer = engine === 'sqlite' ? 'integer' : 'bigint';

  return {
    async up(db) {
      const table = `create table imports (
        id text not null primary key,
        records ${integer} not null,
        digest text not null,
        made ${integer} not null,
        present ${integer} not null,
        refused ${integer} not null,
        update_time ${integer} not null
      )`;
      await sql.raw(table).execute(db);
    },
  };
}
