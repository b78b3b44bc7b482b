import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';

/** Who follows the log and how far they are, which position somebody waits for, and which log it is. */
export function verifiers(engine: Engine): Migration {
  const integer = engine === 'sqlite' ? 'integer' : 'bigint';
  const clustered = engine === 'sqlite' ? 'without rowid' : '';
  const random =
    engine === 'sqlite' ? 'lower(hex(randomblob(16)))' : "replace(gen_random_uuid()::text, '-', '')";

  const statements = [
    // Times are by the database's own clock: those of the servers may differ.
    `create table followers (
      service text not null,
      id text not null,
      kind text not null,
      instance text not null,
      position ${integer} not null,
      staleness ${integer} not null,
      report_time ${integer} not null,
      contact_time ${integer} not null,
      live_until ${integer} not null,
      primary key (service, id)
    ) ${clustered}`,
    `alter table revocation_log add column asked ${integer} not null default 0`,
    "alter table revocation_log add column log_id text not null default ''",
    `update revocation_log set log_id = ${random}`,
  ];

  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
