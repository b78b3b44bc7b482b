import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import { lockMigrations, migrateInTransaction } from '../migrations/index.ts';
import type { Tables } from '../sql/database.ts';
import { batch, type HeldDatabase, type Role, type Row, type Table } from '../sql/held-database.ts';
import { createTableInserter } from '../sql/insert-table.ts';
import { StoreError } from '../store-error.ts';
import { placeOf } from './connection-url.ts';
import { postgresDialect } from './driver.ts';
import { translate } from './errors.ts';
import { openConnector, type SessionPool } from './pool.ts';
import { storeErrorOf } from './postgres-store.ts';
import { isDirect } from './session.ts';

/** Tries to find nobody else connected, 100 ms apart: what has just ended may be listed for a moment. */
const tries = 20;
/** How long a lock of somebody else is waited for. Milliseconds. */
const lockTimeout = 5000;
/** What the connection is called, so that it is not taken for one of a server. */
const ownName = 'latchkey copy';

/**
 * Runs the work on the database in one transaction, while no server of Latchkey is connected to it. Throws StoreError when
 * one is, and what the database throws.
 */
export async function holdPostgres<T>(
  url: string,
  role: Role,
  work: (held: HeldDatabase) => Promise<T>,
): Promise<T> {
  const connector = await openConnector(url);
  const sessions = connector.createMigrationPool();
  const kysely = new Kysely<Tables>({ dialect: postgresDialect(sessions) });
  const { applicationName = 'latchkey' } = connector.settings;
  try {
    const direct = await leadsToServer(sessions);
    return await kysely.transaction().execute(async (trx) => {
      await sql`select set_config('application_name', ${ownName}, true)`.execute(trx);
      if (direct) await refuseServers(trx, applicationName, placeOf(connector.settings));
      // Servers that start on a database without tables wait until they are there, full.
      if (role === 'target') await lockMigrations(trx);
      return work({
        engine: 'postgres',
        run: async (statement) => (await statement.execute(trx)).rows,
        insert: createTableInserter(trx, 'postgres'),
        rows: (table) => readRows(trx, table),
        migrate: async () => {
          try {
            await migrateInTransaction(trx);
          } catch (error) {
            throw storeErrorOf(error, 'migrated');
          }
        },
        lock: (tables) => lock(trx, tables),
        async analyze(tables) {
          await sql`analyze ${sql.join(tables.map(({ name }) => sql.table(name)))}`.execute(trx);
        },
      });
    });
  } finally {
    await sessions.pool.end();
  }
}

/**
 * False for a pooler: which connections there are of servers, and which it only keeps, cannot be told. There only the
 * locks keep others away.
 */
async function leadsToServer({ pool }: SessionPool): Promise<boolean> {
  try {
    const client = await pool.connect();
    client.release();
    return isDirect(client);
  } catch (error) {
    throw translate(error);
  }
}

/** Throws StoreError while connections of servers lead to the database. */
async function refuseServers(trx: Kysely<Tables>, name: string, place: string): Promise<void> {
  for (let i = 0; i < tries; i++) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity
      where datname = current_database() and application_name = ${name} and pid <> pg_backend_pid()`.execute(
      trx,
    );
    const [found] = rows;
    if (found!.n === 0) return;
    await sleep(100);
  }
  throw new StoreError(
    `Servers or commands of Latchkey are connected to the database ${place}. Stop all of them, then try again.`,
  );
}

/** The locks let others read. They end with the transaction. */
async function lock(trx: Kysely<Tables>, tables: readonly Table[]): Promise<void> {
  await sql`select set_config('lock_timeout', ${String(lockTimeout)}, true)`.execute(trx);
  const list = sql.join(tables.map(({ name }) => sql.table(name)));
  await sql`lock table ${list} in share row exclusive mode`.execute(trx);
}

async function* readRows(trx: Kysely<Tables>, { name, columns }: Table) {
  const list = sql.join(columns.map((column) => sql.ref(column.name)));
  await sql`declare copied no scroll cursor for select ${list} from ${sql.table(name)}`.execute(trx);
  for (;;) {
    const { rows } = await sql<Row>`fetch forward ${sql.lit(batch)} from copied`.execute(trx);
    yield rows;
    if (rows.length < batch) break;
  }
  await sql`close copied`.execute(trx);
}
