import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type CompiledQuery, Kysely } from 'kysely';
import type { Transaction } from '../../kernel/context.ts';
import { createAppendSignal } from '../append-signal.ts';
import { migrate, refuseNewer } from '../migrations/index.ts';
import type { OpenStore } from '../open-store.ts';
import type { Database, FindRow, Tables } from '../sql/database.ts';
import { preparedByKysely } from '../sql/prepared.ts';
import { sqlStores } from '../sql/stores.ts';
import { StoreError } from '../store-error.ts';
import { openConnection, type SqliteConnection } from './connection.ts';
import { readerDialect, writerDialect } from './driver.ts';
import { rethrow, unavailable } from './errors.ts';
import { watchHead } from './watch.ts';

/** Where a commit's frames go before they reach the file itself; shortened to this when it can be. Bytes. */
const walLimit = 16 * 1024 * 1024;

/** Opens the file, and makes it when there is none. Throws StoreError when it cannot, or belongs to a newer version. */
export async function openSqliteStore(options: { readonly file: string }): Promise<OpenStore> {
  const file = resolve(options.file);
  const { writer, reader } = openFile(file);
  const kysely = new Kysely<Tables>({ dialect: writerDialect(writer) });
  try {
    await refuseNewer(kysely, 'sqlite');
  } catch (error) {
    closeAll(writer, reader);
    throw error;
  }
  const committed: Database = {
    kysely: new Kysely<Tables>({ dialect: readerDialect(reader) }),
    engine: 'sqlite',
    prepare: (_name, query) => prepareOn(reader, query),
  };
  const signal = createAppendSignal((moved) => watchHead(reader, moved));
  let closing = false;

  return {
    read: sqlStores(committed),

    async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      if (closing) throw unavailable(new Error('the store is closed'));
      let head: number | undefined;
      const result = await kysely.transaction().execute((trx) => {
        const database: Database = { kysely: trx, engine: 'sqlite', prepare: preparedByKysely(trx) };
        return work(sqlStores(database, (moved) => (head = moved)));
      });
      if (head !== undefined) signal.moved(head);
      return result;
    },

    migrate: () => migrate(kysely, 'sqlite'),

    async ping() {
      try {
        reader.exec('select head from revocation_log');
      } catch (error) {
        rethrow(error);
      }
    },

    onAppend: (listener) => signal.add(listener),

    async close() {
      if (closing) return;
      closing = true;
      signal.close();
      await kysely.connection().execute(async () => closeAll(writer, reader));
    },
  };
}

function openFile(file: string): { writer: SqliteConnection; reader: SqliteConnection } {
  try {
    // It holds password hashes: nobody else reads what is made here. SQLite gives its other files the same rights.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
    const writer = openConnection(file, { readOnly: false, busyTimeout: 5000 });
    writer.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = ${walLimit}`,
    );
    // A file that cannot be written is found now, not at the first sign-in.
    writer.exec('begin immediate; rollback');
    // From now on a transaction waits for other processes without blocking the event loop.
    writer.exec('pragma busy_timeout = 0');
    return { writer, reader: openConnection(file, { readOnly: true, busyTimeout: 50 }) };
  } catch (error) {
    throw new StoreError(`The database ${file} cannot be opened: ${reasonOf(error)}.`, { cause: error });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function closeAll(...connections: readonly SqliteConnection[]): void {
  for (const { database } of connections.toReversed()) if (database.isOpen) database.close();
}

function prepareOn<Row>(reader: SqliteConnection, query: CompiledQuery<Row>): FindRow<Row> {
  let statement: ReturnType<SqliteConnection['prepare']> | undefined;
  return async (parameters) => {
    try {
      statement ??= reader.prepare(query.sql);
      return statement.get(...parameters) as Row | undefined;
    } catch (error) {
      rethrow(error);
    }
  };
}
