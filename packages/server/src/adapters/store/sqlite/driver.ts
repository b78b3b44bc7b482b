import { type Dialect, type Driver, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { sleepWithJitter } from '../sleep-with-jitter.ts';
import type { SqliteConnection } from './connection.ts';
import { isBusy, rethrow, unavailable } from './errors.ts';
import { createMutex } from './mutex.ts';

/**
 * Kysely over one connection that writes: transactions run one after the other. A transaction that has waited
 * `lockTimeout` milliseconds, for those before it and for other processes, is UNAVAILABLE.
 */
export function writerDialect(connection: SqliteConnection, lockTimeout: number): Dialect {
  const mutex = createMutex();
  let waitingSince = 0;

  return dialectOf({
    async acquireConnection() {
      const since = performance.now();
      await mutex.lock();
      waitingSince = since;
      return connection;
    },
    async beginTransaction() {
      await begin(connection, waitingSince + lockTimeout);
    },
    async commitTransaction() {
      try {
        connection.exec('commit');
      } catch (error) {
        rethrow(error);
      }
    },
    async rollbackTransaction() {
      rollback(connection);
    },
    async releaseConnection() {
      mutex.unlock();
    },
  });
}

/** Kysely over one connection that reads: each statement sees what was committed before it. */
export function readerDialect(connection: SqliteConnection): Dialect {
  const refuse = async () => Promise.reject(new TypeError('a reader has no transactions'));
  return dialectOf({
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
  });
}

/** Kysely over no connection: whatever is asked is UNAVAILABLE. */
export function refusingDialect(): Dialect {
  const refuse = () => Promise.reject(unavailable(new Error('the database file is not at its path')));
  return dialectOf({
    acquireConnection: refuse,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
  });
}

type Connections = Omit<Driver, 'init' | 'destroy'>;

function dialectOf(connections: Connections): Dialect {
  return {
    createAdapter: () => new Adapter(),
    createDriver: () => ({ ...connections, init: async () => {}, destroy: async () => {} }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class Adapter extends SqliteAdapter {
  /** Kysely assumes that SQLite cannot make tables in a transaction; it can. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** Keeps Kysely from queueing for the connection by itself: its queue has no time limit. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Takes the write lock at the beginning: a transaction that begins as a reader can fail when it writes. */
async function begin(connection: SqliteConnection, deadline: number): Promise<void> {
  while (performance.now() < deadline) {
    try {
      return connection.exec('begin immediate');
    } catch (error) {
      if (!isBusy(error)) rethrow(error);
    }
    await sleepWithJitter(5);
  }
  throw unavailable(new Error('the database was locked by others for too long'));
}

function rollback(connection: SqliteConnection): void {
  // SQLite has rolled back already when the disk was full or failed.
  if (!connection.database.isOpen || !connection.database.isTransaction) return;
  try {
    connection.exec('rollback');
  } catch (error) {
    rethrow(error);
  }
}
