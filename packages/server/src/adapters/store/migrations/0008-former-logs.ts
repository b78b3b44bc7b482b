import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';
import { dialectOf } from './0001-schema/dialect.ts';

/** The logs that came before the present one, so that a database tells whether it goes on from what somebody knew. */
export function formerLogs(engine: Engine): Migration {
  const { integer, clustered } = dialectOf(engine);
  return {
    async up(db) {
      await sql
        .raw(
          `create table former_logs (
            log_id text not null primary key,
            end_time ${integer} not null,
            closing integer not null,
            closed ${integer} not null
          ) ${clustered}`,
        )
        .execute(db);
    },
  };
}
