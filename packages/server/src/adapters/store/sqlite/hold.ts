import { Kysely } from 'kysely';
import { migrate } from '../migrations/index.ts';
import type { Tables } from '../sql/database.ts';
import { batch, type HeldDatabase, type Row, type Table } from '../sql/held-database.ts';
import { createTableInserter } from '../sql/insert-table.ts';
import { StoreError } from '../store-error.ts';
import { openConnection, type SqliteConnection } from './connection.ts';
import { writerDialect } from './driver.ts';
import { isBusy, rethrow } from './errors.ts';
import { migrationErrorOf } from './sqlite-store.ts';

/** How long another process may still hold the file: a command that is about to end. Milliseconds. */
const patience = 1000;

/**
 * Runs the work on the file, which must be there, in one transaction, while no other process has it open. Throws
 * StoreError when one has: SQLite gives the lock on the whole file only when nobody else is connected.
 */
export async function holdSqlite<T>(file: string, work: (held: HeldDatabase) => Promise<T>): Promise<T> {
  const connection = openConnection(file, { readOnly: false, busyTimeout: patience });
  try {
    takeFile(file, connection);
    const kysely = new Kysely<Tables>({ dialect: writerDialect(connection, patience) });
    return await kysely.transaction().execute((trx) =>
      work({
        engine: 'sqlite',
        run: async (statement) => (await statement.execute(trx)).rows,
        insert: createTableInserter(trx, 'sqlite'),
        rows: (table) => readRows(connection, table),
        migrate: async () => {
          try {
            await migrate(trx, 'sqlite');
          } catch (error) {
            throw migrationErrorOf(file, error);
          }
        },
        lock: async () => {}, // The whole file is locked.
        analyze: async () => {}, // Nothing is planned by statistics.
      }),
    );
  } finally {
    connection.database.close();
  }
}

function takeFile(file: string, connection: SqliteConnection): void {
  try {
    // As for the server: what is deleted is overwritten, and a commit is on the disk.
    connection.exec(
      'pragma locking_mode = exclusive; pragma synchronous = full; pragma secure_delete = on; begin immediate; rollback',
    );
  } catch (error) {
    if (!isBusy(error)) rethrow(error);
    throw new StoreError(
      `Another process uses the database ${file}. Stop every server and command that does, then try again.`,
    );
  }
}

async function* readRows({ database }: SqliteConnection, { name, columns }: Table) {
  try {
    const list = columns.map((column) => `"${column.name}"`).join(', ');
    let rows: Row[] = [];
    for (const row of database.prepare(`select ${list} from "${name}"`).iterate()) {
      rows.push(row as unknown as Row);
      if (rows.length < batch) continue;
      yield rows;
      rows = [];
    }
    yield rows;
  } catch (error) {
    rethrow(error);
  }
}
