import { type Dialect, type Driver, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { pause } from '../pause.ts';
import type { SqliteConnection } from './connection.ts';
import { isBusy, rethrow, unavailable } from './errors.ts';
import { createMutex } from './mutex.ts';

/**
 * Kysely over one connection that writes: transactions run one after the other. Each waits at most so many
 * milliseconds for its turn, and for other processes.
 */
export function writerDialect(connection: SqliteConnection, patience: number): Dialect {
  const mutex = createMutex();
  let asked = 0;

  return dialectOf({
    async acquireConnection() {
      const since = performance.now();
      await mutex.lock();
      asked = since;
      return connection;
    },
    async beginTransaction() {
      await begin(connection, asked + patience);
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
  /** Tables can be made in a transaction; Kysely takes it that they cannot. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** Keeps Kysely from queueing for the connection by itself, where nobody's patience ends. */
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** Takes the write lock at once, so that no transaction fails in its middle because it began as a reader. */
async function begin(connection: SqliteConnection, deadline: number): Promise<void> {
  while (performance.now() < deadline) {
    try {
      return connection.exec('begin immediate');
    } catch (error) {
      if (!isBusy(error)) rethrow(error);
    }
    await pause(5);
  }
  throw unavailable(new Error('others wrote for too long'));
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
