import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';
import { dialectOf } from './0001-schema/dialect.ts';

/** One row that is written to find out whether anything can be. */
export function health(engine: Engine): Migration {
  const { integer } = dialectOf(engine);
  return {
    async up(db) {
      await sql
        .raw(`create table health (id integer primary key check (id = 1), writes ${integer} not null)`)
        .execute(db);
      await sql.raw('insert into health (id, writes) values (1, 0)').execute(db);
    },
  };
}
