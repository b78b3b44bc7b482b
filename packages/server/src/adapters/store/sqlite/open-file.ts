import { accessSync, closeSync, constants, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { SQLOutputValue, StatementSync } from 'node:sqlite';
import { type CompiledQuery, Kysely } from 'kysely';
import type { Readers } from '../../../kernel/context.ts';
import { keepOwner } from '../../../kernel/keep-owner.ts';
import { makeFolder } from '../../../kernel/make-folder.ts';
import type { Database, FindRow, Tables } from '../sql/database.ts';
import { prepareByKysely } from '../sql/prepare.ts';
import { sqlStores } from '../sql/stores.ts';
import { StoreError } from '../store-error.ts';
import { openConnection, type SqliteConnection } from './connection.ts';
import { readerDialect, refusingDialect, writerDialect } from './driver.ts';
import { isBusy, rethrow, unavailable } from './errors.ts';
import { type FileGuard, guardFile } from './file-guard.ts';
import { createSessionCache, type SessionCache } from './session-cache.ts';
import { allowGivingBack } from './space.ts';

/** The size to which the write-ahead log is cut back. Bytes. */
const walLimit = 16 * 1024 * 1024;

/** Pages that the reader keeps in memory. KiB. */
const readCache = 8 * 1024;

/** The file, open, and all that rests on its connections. */
export interface OpenFile {
  readonly reader: SqliteConnection;
  readonly writer: SqliteConnection;
  /** Over the one connection that writes. */
  readonly kysely: Kysely<Tables>;
  readonly read: Readers;
  readonly cache: SessionCache;
  readonly guard: FileGuard;
  /** Writes everything into the file that was opened, wherever it is now. */
  checkpoint(): void;
  /** Closes the connections. May be called again. */
  close(): void;
}

/** Opens the file, and makes it when there is none. Throws StoreError. `lockTimeout` is in milliseconds. */
export function openFile(file: string, lockTimeout: number): OpenFile {
  const { writer, reader } = connect(file);
  const guard = guardFile(file);
  const committed: Database = {
    kysely: new Kysely<Tables>({ dialect: readerDialect(reader) }),
    engine: 'sqlite',
    prepare: (_name, query) => prepareOn(reader, query),
  };
  const stores = sqlStores(committed);
  const cache = createSessionCache(reader, stores.sessions.find);
  return {
    reader,
    writer,
    kysely: new Kysely<Tables>({ dialect: writerDialect(writer, lockTimeout) }),
    read: { ...stores, sessions: { ...stores.sessions, find: cache.find } },
    cache,
    guard,
    checkpoint: () => writer.exec('pragma wal_checkpoint(truncate)'),
    close() {
      cache.close();
      closeAll(writer, reader);
    },
  };
}

/** What answers while there is no file to read: UNAVAILABLE. */
export function refusingStores(): Readers {
  const kysely = new Kysely<Tables>({ dialect: refusingDialect() });
  return sqlStores({ kysely, engine: 'sqlite', prepare: prepareByKysely(kysely, 'sqlite') });
}

function connect(file: string): { writer: SqliteConnection; reader: SqliteConnection } {
  try {
    // It holds password hashes, so only its owner may read it. SQLite gives its other files the same rights.
    makeFolder(dirname(file));
    makeFile(file);
    accessSync(file, constants.R_OK | constants.W_OK);
    const writer = openConnection(file, { readOnly: false, busyTimeout: 5000 });
    allowGivingBack(writer);
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

/** The error for an operator: the file cannot be opened, and why. */
export function cannotOpen(file: string, error: unknown): StoreError {
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

export function codeOf(error: unknown): string | undefined {
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

  return async (key) => {
    try {
      prepared ??= prepare();
      const { statement, names } = prepared;
      const values = statement.get(key) as unknown as SQLOutputValue[] | undefined;
      if (values === undefined) return undefined;
      const row: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) row[names[i]!] = values[i];
      return row as Row;
    } catch (error) {
      rethrow(error);
    }
  };
}
