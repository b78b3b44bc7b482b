import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';
import { dialectOf } from './0001-schema/dialect.ts';

/** How far each destination has taken the log's ended sessions, and what the log has forgotten before it was taken. */
export function relays(engine: Engine): Migration {
  const { integer, clustered } = dialectOf(engine);
  const statements = [
    `create table relays (
      destination text not null,
      log_id text not null,
      position ${integer} not null,
      dropped ${integer} not null,
      seen_time ${integer} not null,
      primary key (destination, log_id)
    ) ${clustered}`,
    `create table relay_backlog (
      log_id text not null,
      seq ${integer} not null,
      reason text not null,
      sessions text not null,
      events integer not null,
      primary key (log_id, seq)
    ) ${clustered}`,
  ];
  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
