import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';
import { dialectOf } from './0001-schema/dialect.ts';
import { accountTables, identityTables } from './0001-schema/identity.ts';
import { logTables, sessionTables } from './0001-schema/log.ts';
import { invitationTables, siteTables } from './0001-schema/sites.ts';

/**
 * Every table of the first release. Times are Unix milliseconds unless a table says otherwise; flags are 0 or 1. What
 * a column means is said in the row types of `sql/`.
 */
export function schema(engine: Engine): Migration {
  const dialect = dialectOf(engine);
  const statements = [
    ...accountTables(dialect),
    ...identityTables(dialect),
    ...sessionTables(dialect),
    ...logTables(dialect),
    ...siteTables(dialect),
    ...invitationTables(dialect),
  ];
  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
