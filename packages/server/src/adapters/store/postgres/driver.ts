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
import type { PoolClient } from 'pg';
import { beginWith } from './begin-with.ts';
import { isAborted, isBroken, isRetryable, translate } from './errors.ts';
import { type SessionPool, takeClient } from './pool.ts';
import { beginStatements, type SessionSettings } from './session.ts';

/**
 * Kysely over a pool of connections. Errors are translated by `translate`, except those of a transaction that can be run
 * again.
 */
export function postgresDialect(pool: SessionPool): Dialect {
  return {
    createAdapter: () => new LocklessAdapter(),
    createDriver: () => createDriver(pool),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/** Kysely's own lock belongs to a session, which a pooler may change; `migrate` holds one of its transaction. */
class LocklessAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

interface PostgresConnection extends DatabaseConnection {
  run(
    sql: string,
    values?: readonly unknown[],
  ): Promise<{ command: string; rowCount: number | null; rows: unknown[] }>;
  /** Begins a transaction, together with its first statement. */
  begin(): void;
  /** Whether a transaction was begun and has had no statement, so that there is nothing to end. */
  readonly hasNotBegun: boolean;
  /** Whether it can no longer be used: it is closed when it is released, and the server rolls back. */
  readonly broken: boolean;
  release(): void;
}

function createDriver(pool: SessionPool): Driver {
  const known = (connection: DatabaseConnection) => connection as PostgresConnection;
  return {
    init: async () => {},
    destroy: async () => {},

    async acquireConnection() {
      try {
        return connectionOf(await takeClient(pool), pool.session);
      } catch (error) {
        throw translate(error);
      }
    },

    beginTransaction: async (connection) => known(connection).begin(),

    async commitTransaction(connection) {
      if (known(connection).hasNotBegun) return;
      // After a failed statement PostgreSQL answers COMMIT with ROLLBACK.
      const { command } = await known(connection).run('commit');
      if (command !== 'COMMIT')
        throw new Error('the transaction was rolled back: one of its statements had failed');
    },

    async rollbackTransaction(connection) {
      if (known(connection).hasNotBegun || known(connection).broken) return;
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

function connectionOf(client: PoolClient, session: SessionSettings): PostgresConnection {
  let broken = false;
  let inTransaction = false;
  let beginning: readonly string[] = [];
  let firstFailure: unknown;

  async function run(sql: string, values?: readonly unknown[]) {
    try {
      if (beginning.length === 0) return await client.query(sql, values as unknown[] | undefined);
      const before = beginning;
      beginning = [];
      return await beginWith(client, before, sql, values);
    } catch (thrown) {
      // What a transaction has failed by says more than that it has failed.
      const error = inTransaction && isAborted(thrown) ? (firstFailure ?? thrown) : thrown;
      firstFailure ??= error;
      broken ||= isBroken(error);
      throw inTransaction && isRetryable(error) ? error : translate(error);
    }
  }

  return {
    run,
    release: () => client.release(broken),

    get broken() {
      return broken;
    },

    get hasNotBegun() {
      return beginning.length > 0;
    },

    begin() {
      inTransaction = true;
      beginning = beginStatements(client, session);
    },

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
