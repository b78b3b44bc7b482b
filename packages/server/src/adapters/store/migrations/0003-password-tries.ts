import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';

/** What wrong passwords have come to, for each account. */
export function passwordTries(engine: Engine): Migration {
  const integer = engine === 'sqlite' ? 'integer' : 'bigint';

  const statements = [
    'alter table passwords add column failures integer not null default 0',
    `alter table passwords add column wait_until ${integer} not null default 0`,
    `alter table passwords add column lock_time ${integer}`,

    // One row, for what is counted against no account, so that it takes as long.
    `create table uncounted_tries (
      id integer primary key check (id = 1),
      tries ${integer} not null
    )`,
    'insert into uncounted_tries (id, tries) values (1, 0)',
  ];

  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
