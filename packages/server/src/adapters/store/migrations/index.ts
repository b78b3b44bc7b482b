import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';
import { MissingDatabaseError, StoreError } from '../store-error.ts';
import { schema } from './0001-schema.ts';
import { importNotes } from './0002-import-notes.ts';
import { relays } from './0003-relays.ts';
import { health } from './0004-health.ts';
import { uses } from './0005-uses.ts';
import { retention } from './0006-retention.ts';
import { clock } from './0007-clock.ts';
import { formerLogs } from './0008-former-logs.ts';
import { mailboxes } from './0009-mailboxes.ts';

const migrationTable = 'latchkey_migration';
/** That of Kysely's migrator, so that versions which leave locking to it wait as well. */
const migrationLock = 3853314791062309107n;

/** In the order of their names. One that was released is never changed. */
function migrationsOf(engine: Engine): Record<string, Migration> {
  return {
    '0001-schema': schema(engine),
    '0002-import-notes': importNotes,
    '0003-relays': relays(engine),
    '0004-health': health(engine),
    '0005-uses': uses(engine),
    '0006-retention': retention(engine),
    '0007-clock': clock(engine),
    '0008-former-logs': formerLogs(engine),
    '0009-mailboxes': mailboxes(engine),
  };
}

/** The migrations of versions before the first release, whose tables no migration leads on from. */
const beforeRelease: readonly string[] = [
  '0001-foundation',
  '0002-sites-and-settings',
  '0003-password-tries',
  '0004-mails-and-codes',
  '0006-invitations',
  '0010-imports',
  '0020-verifiers',
  '0021-cut-offs',
];

/** Throws StoreError when this version cannot use the database's tables, older or newer. Changes nothing. */
export async function refuseForeign<Tables>(db: Kysely<Tables>, engine: Engine): Promise<void> {
  const executed = await executedMigrations(db, engine);
  if (executed.some((name) => beforeRelease.includes(name))) {
    throw new StoreError(
      'The database was made by a Latchkey before its first release, whose tables this version cannot use: start with a new database, and bring the accounts over with `latchkey accounts export --with-hashes` of the old version and `latchkey accounts import` of this one.',
    );
  }
  const known = migrationsOf(engine);
  const newer = executed.filter((name) => !Object.hasOwn(known, name));
  if (newer.length > 0) {
    throw new StoreError(
      `The database belongs to a newer version of Latchkey (it has ${newer.join(', ')}); start that version instead.`,
    );
  }
}

/** Throws StoreError unless the tables are those of this version. `place` is told when there are none. */
export async function requireTables<Tables>(
  db: Kysely<Tables>,
  engine: Engine,
  place: string,
): Promise<void> {
  const executed = await executedMigrations(db, engine);
  if (executed.length === 0) throw new MissingDatabaseError(place);
  if (Object.keys(migrationsOf(engine)).some((name) => !executed.includes(name))) {
    throw new StoreError(
      'The database belongs to an older version of Latchkey: bring it to this version by `latchkey migrate`.',
    );
  }
}

/**
 * Brings the tables to this version, in one transaction; of several processes that do so at once, one does.
 * Throws StoreError when this version cannot use the tables.
 */
export async function migrate<Tables>(db: Kysely<Tables>, engine: Engine): Promise<void> {
  await refuseForeign(db, engine);
  await runMigrations(db, engine);
}

/**
 * The same on PostgreSQL. Tables of this version are left alone, so that a role without the right to create any can
 * serve. The lock is one of the transaction: behind a pooler, one of the session would stay with somebody else's.
 */
export async function migratePostgres<Tables>(db: Kysely<Tables>): Promise<void> {
  await refuseForeign(db, 'postgres');
  if (!(await isBehind(db, 'postgres'))) return;
  await db.transaction().execute(async (trx) => {
    await lockMigrations(trx);
    await migrateInTransaction(trx);
  });
}

/** Keeps others from making or changing the tables until the transaction ends. PostgreSQL only. */
export async function lockMigrations<Tables>(trx: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${sql.lit(migrationLock)})`.execute(trx);
}

/** `migrate` on PostgreSQL, in a transaction that has locked the migrations. */
export async function migrateInTransaction<Tables>(trx: Kysely<Tables>): Promise<void> {
  await refuseForeign(trx, 'postgres');
  const schema = await schemaOfTables(trx);
  await sql`select set_config('search_path', quote_ident(${schema}), true)`.execute(trx);
  await runMigrations(trx, 'postgres', schema);
}

/** Where the tables are, else where new ones come. Another schema may have those of another Latchkey. */
async function schemaOfTables<Tables>(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ schema: string }>`
    select coalesce(
      (select nspname from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where pg_class.oid = to_regclass(${sql.lit(migrationTable)})),
      current_schema()) as schema`.execute(db);
  return rows[0]!.schema;
}

async function runMigrations<Tables>(db: Kysely<Tables>, engine: Engine, schema?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => migrationsOf(engine) },
    migrationTableName: migrationTable,
    migrationLockTableName: `${migrationTable}_lock`,
    ...(schema !== undefined && { migrationTableSchema: schema }),
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}

async function isBehind<Tables>(db: Kysely<Tables>, engine: Engine): Promise<boolean> {
  const executed = await executedMigrations(db, engine);
  return Object.keys(migrationsOf(engine)).some((name) => !executed.includes(name));
}

async function executedMigrations<Tables>(db: Kysely<Tables>, engine: Engine): Promise<string[]> {
  const table = sql.lit(migrationTable);
  const present =
    engine === 'sqlite'
      ? sql`select 1 from sqlite_schema where name = ${table}`
      : sql`select 1 where to_regclass(${table}) is not null`;
  if ((await present.execute(db)).rows.length === 0) return [];
  const names = sql<{ name: string }>`select name from ${sql.table(migrationTable)} order by name`;
  return (await names.execute(db)).rows.map((row) => row.name);
}
