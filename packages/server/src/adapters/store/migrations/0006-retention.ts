import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';

/** What is past its time is found by an index. */
const indexes = [
  "create index mails_over on mails ((case when status in ('sent', 'parked') then next_time else expire_time end))",
  'create index imports_by_update on imports (update_time)',
];

/** Tables whose rows come and go all the time. */
const busy = ['sessions', 'log_entries', 'relay_backlog', 'mails', 'codes', 'invitation_sends'];

/**
 * By PostgreSQL's own settings, dead rows are cleared away when they are a fifth of a table. Here it is a fiftieth, so
 * that a large table does not grow by what a day's retention has deleted.
 */
const vacuumEarlier = 'autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000';

/** Indexes for what is deleted in the course of time, and room that is used again soon. */
export function retention(engine: Engine): Migration {
  const settings = busy.map((table) => `alter table ${table} set (${vacuumEarlier})`);
  return {
    async up(db) {
      for (const statement of [...indexes, ...(engine === 'postgres' ? settings : [])])
        await sql.raw(statement).execute(db);
    },
  };
}
