import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { isBroken, isRetryable, translate } from './errors.ts';

/** Kysely over a pool of connections. Errors are translated by `translate`, except those that are retryable. */
export function postgresDialect(pool: Pool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => createDriver(pool),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

interface PostgresConnection extends DatabaseConnection {
  run(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ command: string; rowCount: number | null; rows: unknown[] }>;
  release(): void;
}

function createDriver(pool: Pool): Driver {
  const known = (connection: DatabaseConnection) => connection as PostgresConnection;
  return {
    init: async () => {},
    destroy: async () => {},

    async acquireConnection() {
      try {
        return connectionOf(await pool.connect());
      } catch (error) {
        throw translate(error);
      }
    },

    async beginTransaction(connection) {
      await known(connection).run('begin isolation level read committed');
    },

    async commitTransaction(connection) {
      // After a failed statement PostgreSQL answers COMMIT with ROLLBACK.
      const { command } = await known(connection).run('commit');
      if (command !== 'COMMIT')
        throw new Error('the transaction was rolled back: one of its statements had failed');
    },

    async rollbackTransaction(connection) {
      // A connection that cannot roll back is given up. The caller gets the error that made the transaction fail.
      await known(connection)
        .run('rollback')
        .catch(() => {});
    },

    async releaseConnection(connection) {
      known(connection).release();
    },
  };
}

function connectionOf(client: PoolClient): PostgresConnection {
  let broken = false;

  async function run(sql: string, values?: readonly unknown[]) {
    try {
      return await client.query(sql, values as unknown[] | undefined);
    } catch (error) {
      broken ||= isBroken(error);
      throw isRetryable(error) ? error : translate(error);
    }
  }

  return {
    run,
    release: () => client.release(broken),

    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const { rowCount, rows } = await run(sql, parameters);
      const result = { rows: rows as Row[] };
      return rowCount === null ? result : { ...result, numAffectedRows: BigInt(rowCount) };
    },

    async *streamQuery() {
      yield Promise.reject(new TypeError('streams are not used'));
    },
  };
}
