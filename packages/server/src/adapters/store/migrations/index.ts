import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';
import { StoreError } from '../store-error.ts';
import { foundation } from './0001-foundation.ts';
import { sitesAndSettings } from './0002-sites-and-settings.ts';
import { passwordTries } from './0003-password-tries.ts';
import { mailsAndCodes } from './0004-mails-and-codes.ts';
import { invitations } from './0006-invitations.ts';
import { imports } from './0010-imports.ts';
import { verifiers } from './0020-verifiers.ts';
import { cutOffs } from './0021-cut-offs.ts';

const migrationTable = 'latchkey_migration';

/** In the order of their names. One that was released is never changed. */
function migrationsOf(engine: Engine): Record<string, Migration> {
  return {
    '0001-foundation': foundation(engine),
    '0002-sites-and-settings': sitesAndSettings(engine),
    '0003-password-tries': passwordTries(engine),
    '0004-mails-and-codes': mailsAndCodes(engine),
    '0006-invitations': invitations(engine),
    '0010-imports': imports(engine),
    '0020-verifiers': verifiers(engine),
    '0021-cut-offs': cutOffs,
  };
}

/** Throws StoreError when a newer version has changed the database's tables. Changes nothing. */
export async function refuseNewer<Tables>(db: Kysely<Tables>, engine: Engine): Promise<void> {
  const known = migrationsOf(engine);
  const newer = (await executedMigrations(db, engine)).filter((name) => !Object.hasOwn(known, name));
  if (newer.length > 0) {
    throw new StoreError(
      `The database belongs to a newer version of Latchkey (it has ${newer.join(', ')}); start that version instead.`,
    );
  }
}

/**
 * Brings the tables to this version, in one transaction; of several processes that do so at once, one does.
 * Throws StoreError when the database belongs to a newer version.
 */
export async function migrate<Tables>(db: Kysely<Tables>, engine: Engine): Promise<void> {
  await refuseNewer(db, engine);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrationsOf(engine) },
    migrationTableName: migrationTable,
    migrationLockTableName: `${migrationTable}_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function executedMigrations<Tables>(db: Kysely<Tables>, engine: Engine): Promise<string[]> {
  const table = sql.lit(migrationTable);
  const present =
    engine === 'sqlite'
      ? sql`select 1 from sqlite_schema where name = ${table}`
      : sql`select 1 where to_regclass(${table}) is not null`;
  if ((await present.execute(db)).rows.length === 0) return [];
  const { rows } = await sql<{
    name: string;
  }>`select name from ${sql.table(migrationTable)} order by name`.execute(db);
  return rows.map((row) => row.name);
}
