import { accessSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Transaction } from '../../../kernel/context.ts';
import type { SessionId } from '../../../kernel/ids.ts';
import type { SessionStore } from '../../../sessions/store.ts';
import { createAppendSignal } from '../append-signal.ts';
import { migrate, refuseForeign, requireTables } from '../migrations/index.ts';
import type { OpenStore } from '../open-store.ts';
import type { Database } from '../sql/database.ts';
import { prepareByKysely } from '../sql/prepare.ts';
import { sqlStores } from '../sql/stores.ts';
import { tryToWrite } from '../sql/try-to-write.ts';
import { MissingDatabaseError, StoreError } from '../store-error.ts';
import { rethrow, unavailable } from './errors.ts';
import { recoverFile } from './file-guard.ts';
import { cannotOpen, codeOf } from './open-file.ts';
import { openReplaceable } from './replacement.ts';
import { openSpace } from './space.ts';
import { watchHead } from './watch.ts';

export interface SqliteOptions {
  readonly file: string;
  /** How long a transaction waits for its turn before it is UNAVAILABLE. Milliseconds; 5000 by default. */
  readonly lockTimeout?: number;
  /** As for `openStore`. */
  readonly mustExist?: boolean;
  readonly warn?: (sentence: string) => void;
}

/**
 * Opens the file, and makes it when there is none. Throws StoreError when it cannot, or when another version made the
 * tables and this one cannot use them.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<OpenStore> {
  const file = resolve(options.file);
  if (options.mustExist) requireFile(file);
  recoverFile(file);
  const opened = openReplaceable(file, options.lockTimeout ?? 5000, {
    warn: options.warn ?? (() => {}),
    onServe: () => signal.wake(),
  });
  try {
    await refuseForeign(opened.current.kysely, 'sqlite');
    if (options.mustExist) await requireTables(opened.current.kysely, 'sqlite', file);
  } catch (error) {
    opened.current.close();
    throw error;
  }
  const signal = createAppendSignal((emit) =>
    watchHead(
      () => opened.current.reader,
      () => opened.look(),
      emit,
    ),
  );
  let closing = false;

  return {
    read: opened.read,

    async transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
      if (closing) throw unavailable(new Error('the store is closed'));
      opened.check();
      const { kysely, cache } = opened.current;
      let appended: Parameters<typeof signal.emit> | undefined;
      const used = new Set<SessionId>();
      const result = await kysely.transaction().execute((trx) => {
        const database: Database = { kysely: trx, engine: 'sqlite', prepare: prepareByKysely(trx, 'sqlite') };
        const tx = sqlStores(database, (...to) => (appended = to));
        return work({ ...tx, sessions: noteUses(tx.sessions, used) });
      });
      // What was committed to a file that is not at its path any more was not kept.
      opened.check();
      cache.noteCommit(used);
      if (appended !== undefined) signal.emit(...appended);
      return result;
    },

    async migrate() {
      try {
        await migrate(opened.current.kysely, 'sqlite');
      } catch (error) {
        throw migrationErrorOf(file, error);
      }
    },

    async ping() {
      opened.check();
      try {
        opened.current.reader.exec('select head from log_head');
      } catch (error) {
        rethrow(error);
      }
    },

    async tryToWrite() {
      opened.check();
      await tryToWrite(opened.current.kysely);
    },

    onAppend: (listener) => signal.subscribe(listener),

    cachedBytes: () => opened.current.cache.bytes,

    ...openSpace(opened, file),

    async close() {
      if (closing) return;
      closing = true;
      signal.close();
      const { kysely, guard, close } = opened.current;
      await kysely.connection().execute(async () => guard.makeWay(close));
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

/** Throws StoreError when there is no file. Where this user may not look for it, it says so: there may be one. */
function requireFile(file: string): void {
  try {
    accessSync(file);
  } catch (error) {
    throw codeOf(error) === 'ENOENT' ? new MissingDatabaseError(file) : cannotOpen(file, error);
  }
}

/** A StoreError where tables of another program are in the way; otherwise the error itself. */
export function migrationErrorOf(file: string, error: unknown): unknown {
  const [taken] = /^table \S+ already exists/.exec((error as Error).message) ?? [];
  if (taken === undefined) return error;
  const remedy = 'Something else has a table of that name: give Latchkey a file of its own.';
  return new StoreError(`The database ${file} cannot be migrated: ${taken}. ${remedy}`, { cause: error });
}
