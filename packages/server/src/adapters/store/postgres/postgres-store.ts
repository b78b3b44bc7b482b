import { type CompiledQuery, Kysely } from 'kysely';
import type pg from 'pg';
import type { Transaction } from '../../../kernel/context.ts';
import { createAppendSignal } from '../append-signal.ts';
import { migrate, refuseForeign } from '../migrations/index.ts';
import type { OpenStore } from '../open-store.ts';
import { sleepWithJitter } from '../sleep-with-jitter.ts';
import type { Database, FindRow, Tables } from '../sql/database.ts';
import { prepareByKysely } from '../sql/prepare.ts';
import { sqlStores } from '../sql/stores.ts';
import { StoreError } from '../store-error.ts';
import { postgresDialect } from './driver.ts';
import { isRetryable, translate, unavailable } from './errors.ts';
import { createMigrationPool, createPool } from './pool.ts';
import { watchHead } from './watch.ts';

const maxRuns = 4;

export interface PostgresOptions {
  readonly url: string;
  /** 10 by default. */
  readonly maxConnections?: number;
}

/**
 * Opens the database. Throws StoreError when it cannot be reached, or when another version made the tables and this one
 * cannot use them.
 */
export async function openPostgresStore({ url, maxConnections = 10 }: PostgresOptions): Promise<OpenStore> {
  const pool = poolFor(url, maxConnections);
  const kysely = new Kysely<Tables>({ dialect: postgresDialect(pool) });
  try {
    await refuseForeign(kysely, 'postgres');
  } catch (error) {
    await pool.end();
    throw error instanceof StoreError ? error : cannotOpen(error);
  }
  const committed: Database = {
    kysely,
    engine: 'postgres',
    prepare: (name, query) => prepareOn(pool, name, query),
  };
  const signal = createAppendSignal((emit) => watchHead(url, emit));
  let closed = false;

  async function runOnce<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let appended: Parameters<typeof signal.emit> | undefined;
    const result = await kysely.transaction().execute((trx) => {
      const database: Database = { kysely: trx, engine: 'postgres', prepare: prepareByKysely(trx) };
      return work(sqlStores(database, (...to) => (appended = to)));
    });
    if (appended !== undefined) signal.emit(...appended);
    return result;
  }

  return {
    read: sqlStores(committed),

    async transaction(work) {
      for (let run = 1; ; run++) {
        try {
          return await runOnce(work);
        } catch (error) {
          if (!isRetryable(error)) throw error;
          if (run === maxRuns) throw unavailable(error);
        }
        await sleepWithJitter(10 * run);
      }
    },

    async migrate() {
      const unlimited = createMigrationPool(url);
      try {
        await migrate(new Kysely<Tables>({ dialect: postgresDialect(unlimited) }), 'postgres');
      } finally {
        await unlimited.end();
      }
    },

    async ping() {
      await committed.kysely.selectFrom('log_head').select('head').executeTakeFirstOrThrow();
    },

    onAppend: (listener) => signal.subscribe(listener),

    async close() {
      if (closed) return;
      closed = true;
      signal.close();
      await pool.end();
    },
  };
}

function poolFor(url: string, max: number): pg.Pool {
  try {
    return createPool(url, max);
  } catch (error) {
    throw cannotOpen(error);
  }
}

/** Does not show the URL, which may hold a password. */
function cannotOpen(error: unknown): StoreError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason =
    cause instanceof AggregateError ? cause.errors.join(', ') : cause instanceof Error && cause.message;
  return new StoreError(`The PostgreSQL database cannot be opened: ${reason}.`, { cause: error });
}

/** A named statement, which each connection parses and plans once. */
function prepareOn<Row>(pool: pg.Pool, name: string, query: CompiledQuery<Row>): FindRow<Row> {
  return async (parameters) => {
    try {
      return (await pool.query({ name, text: query.sql, values: [...parameters] })).rows[0];
    } catch (error) {
      throw translate(error);
    }
  };
}
