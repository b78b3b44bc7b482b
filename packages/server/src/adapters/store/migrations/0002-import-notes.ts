import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** An import counts what it tells about accounts. */
export const importNotes: Migration = {
  async up(db) {
    await sql.raw("alter table imports add column notes text not null default '{}'").execute(db);
  },
};
