import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Entries that end all sessions of an account at once, and name them. */
export const cutOffs: Migration = {
  async up(db) {
    await sql.raw('alter table revocations add column ended text').execute(db);
  },
};
