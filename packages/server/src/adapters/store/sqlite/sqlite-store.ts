import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import { type CompiledQuery, Kysely } from 'kysely';
import type { Transaction } from '../../../kernel/context.ts';
import type { SessionId } from '../../../kernel/ids.ts';
import { keepOwner } from '../../../kernel/keep-owner.ts';
import { makeFolder } from '../../../kernel/make-folder.ts';
import type { SessionStore } from '../../../sessions/store.ts';
import { createAppendSignal } from '../append-signal.ts';
import { migrate, refuseForeign, requireTables } from '../migrations/index.ts';
import type { OpenStore } from '../open-store.ts';
import type { Database, FindRow, Tables } from '../sql/database.ts';
import { prepareByKysely } from '../sql/prepare.ts';
import { sqlStores } from '../sql/stores.ts';
import { tryToWrite } from '../sql/try-to-write.ts';
import { MissingDatabaseError, StoreError } from '../store-error.ts';
import { openConnection, type SqliteConnection } from './connection.ts';
import { readerDialect, writerDialect } from './driver.ts';
import { isBusy, rethrow, unavailable } from './errors.ts';
import { createSessionCache } from './session-cache.ts';
import { watchHead } from './watch.ts';

/** The size to which the write-ahead log is cut back. Bytes. */
const walLimit = 16 * 1024 * 1024;

/** Pages that the reader keeps in memory. KiB. */
const readCache = 8 * 1024;

export interface SqliteOptions {
  readonly file: string;
  /** How long a transaction waits for its turn before it is UNAVAILABLE. Milliseconds; 5000 by default. */
  readonly lockTimeout?: number;
  /** As for `openStore`. */
  readonly mustExist?: boolean;
}

/**
 * Opens the file, and makes it when there is none. Throws StoreError when it cannot, or when another version made the
 * tables and this one cannot use them.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<OpenStore> {
  const file = resolve(options.file);
  if (options.mustExist) requireFile(file);
  const { writer, reader } = openFile(file);
  const kysely = new Kysely<Tables>({ dialect: writerDialect(writer, options.lockTimeout ?? 5000) });
  try {
    await refuseForeign(kysely, 'sqlite');
    if (options.mustExist) await requireTables(kysely, 'sqlite', file);
  } catch (error) {
    closeAll(writer, reader);
    throw error;
  }
  const committed: Database = {
    kysely: new Kysely<Tables>({ dialect: readerDialect(reader) }),
    engine: 'sqlite',
    prepare: (_name, query) => prepareOn(reader, query),
  };
  const stores = sqlStores(committed);
  const cache = createSessionCache(reader, stores.sessions.find);
  const sessions = { ...stores.sessions, find: cache.find };
  const signal = createAppendSignal((emit) => watchHead(reader, emit));
  let closing = false;

  return {
    read: { ...stores, sessions },

    async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      if (closing) throw unavailable(new Error('the store is closed'));
      let appended: Parameters<typeof signal.emit> | undefined;
      const used = new Set<SessionId>();
      const result = await kysely.transaction().execute((trx) => {
        const database: Database = { kysely: trx, engine: 'sqlite', prepare: prepareByKysely(trx) };
        const tx = sqlStores(database, (...to) => (appended = to));
        return work({ ...tx, sessions: noteUses(tx.sessions, used) });
      });
      cache.noteCommit(used);
      if (appended !== undefined) signal.emit(...appended);
      return result;
    },

    async migrate() {
      try {
        await migrate(kysely, 'sqlite');
      } catch (error) {
        throw migrationErrorOf(file, error);
      }
    },

    async ping() {
      try {
        reader.exec('select head from log_head');
      } catch (error) {
        rethrow(error);
      }
    },

    tryToWrite: () => tryToWrite(kysely),

    onAppend: (listener) => signal.subscribe(listener),

    cautions: async () => [],

    async close() {
      if (closing) return;
      closing = true;
      signal.close();
      cache.close();
      await kysely.connection().execute(async () => closeAll(writer, reader));
    },
  };
}

/** The store, adding to `used` each session that it changes without an entry in the log. */
function noteUses(sessions: SessionStore, used: Set<SessionId>): SessionStore {
  return {
    ...sessions,
    touch(times, live) {
      for (const id of times.keys()) used.add(id);
      return sessions.touch(times, live);
    },
    proveAgain(id, authTime) {
      used.add(id);
      return sessions.proveAgain(id, authTime);
    },
  };
}

function openFile(file: string): { writer: SqliteConnection; reader: SqliteConnection } {
  try {
    // It holds password hashes, so only its owner may read it. SQLite gives its other files the same rights.
    makeFolder(dirname(file));
    makeFile(file);
    accessSync(file, constants.R_OK | constants.W_OK);
    const writer = openConnection(file, { readOnly: false, busyTimeout: 5000 });
    writer.exec(
      `pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = ${walLimit}`,
    );
    // A checkpoint blocks the event loop: one of 4 MiB for some 5 ms and its `fsync`, one of 16 MiB for 20 ms.
    writer.exec('pragma wal_autocheckpoint = 1024');
    // What is deleted is overwritten, so that the file holds nothing of a person who has left.
    writer.exec('pragma secure_delete = on');
    // A file that cannot be written is noticed now, not at the first sign-in.
    writer.exec('begin immediate; rollback');
    // From now on a transaction waits for other processes without blocking the event loop.
    writer.exec('pragma busy_timeout = 0');
    const reader = openConnection(file, { readOnly: true, busyTimeout: 50 });
    reader.exec(`pragma cache_size = -${readCache}`);
    return { writer, reader };
  } catch (error) {
    throw cannotOpen(file, error);
  }
}

/** Throws StoreError when there is no file. Where this user may not look for it, it says so: there may be one. */
function requireFile(file: string): void {
  try {
    accessSync(file);
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? new MissingDatabaseError(file) : cannotOpen(file, error);
  }
}

function cannotOpen(file: string, error: unknown): StoreError {
  const cause = isBusy(error) ? unavailable(error) : error;
  return new StoreError(`The database ${file} cannot be opened: ${reasonOf(error)}.`, { cause });
}

/** Makes the file, where there is none. */
function makeFile(file: string): void {
  if (existsSync(file)) return;
  try {
    const made = openSync(file, 'wx', 0o600);
    keepOwner(made, dirname(file));
    closeSync(made);
  } catch (error) {
    // Another process was faster.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code;
}

function reasonOf(error: unknown): string {
  if (codeOf(error) === 'EACCES')
    return 'this user may not read and write it. Run this as the user of the server, or as root';
  return error instanceof Error ? error.message : String(error);
}

function closeAll(...connections: readonly SqliteConnection[]): void {
  for (const { database } of connections.toReversed()) if (database.isOpen) database.close();
}

/** Rows as arrays, made into objects here, are a third faster than SQLite's own objects. */
function prepareOn<Row>(reader: SqliteConnection, query: CompiledQuery<Row>): FindRow<Row> {
  let prepared: { statement: StatementSync; names: string[] } | undefined;

  function prepare() {
    const statement = reader.prepare(query.sql);
    statement.setReturnArrays(true);
    return { statement, names: statement.columns().map((column) => column.name) };
  }

  return async (parameters) => {
    try {
      prepared ??= prepare();
      const { statement, names } = prepared;
      const values = statement.get(...parameters) as unknown as SQLOutputValue[] | undefined;
      if (values === undefined) return undefined;
      const row: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) row[names[i]!] = values[i];
      return row as Row;
    } catch (error) {
      rethrow(error);
    }
  };
}

/** A StoreError where tables of another program are in the way; otherwise the error itself. */
export function migrationErrorOf(file: string, error: unknown): unknown {
  const [taken] = /^table \S+ already exists/.exec((error as Error).message) ?? [];
  if (taken === undefined) return error;
  const remedy = 'Something else has a table of that name: give Latchkey a file of its own.';
  return new StoreError(`The database ${file} cannot be migrated: ${taken}. ${remedy}`, { cause: error });
}
