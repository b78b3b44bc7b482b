import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';
import { dialectOf } from './0001-schema/dialect.ts';

/** What was found out about the clock, and how long each code was given: its end alone does not say that. */
export function clock(engine: Engine): Migration {
  const { integer } = dialectOf(engine);
  const statements = [
    `create table clock (
      id integer primary key check (id = 1),
      latest ${integer} not null,
      set_back_to ${integer}
    )`,
    'insert into clock (id, latest) values (1, 0)',
    // The longest that any code lives.
    `alter table codes add column life ${integer} not null default 86400000`,
  ];
  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
