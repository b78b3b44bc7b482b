import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';
import { dialectOf } from './0001-schema/dialect.ts';

/**
 * Takes the time of the last use out of the index: the sweep finds sessions by a time of its own, which changes once in
 * an idle limit. 0 says that no sweep has looked yet; one that finds the session used sets it. So a use changes no index,
 * and PostgreSQL can write it beside the old row, for which each page keeps room.
 */
export function uses(engine: Engine): Migration {
  const { integer } = dialectOf(engine);
  const statements = [
    `alter table sessions add column swept_time ${integer} not null default 0`,
    'drop index sessions_live_by_request',
    'create index sessions_live_by_sweep on sessions (swept_time) where close_time is null',
    ...(engine === 'postgres' ? ['alter table sessions set (fillfactor = 85)'] : []),
  ];
  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
