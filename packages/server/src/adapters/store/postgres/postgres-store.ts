import { type CompiledQuery, Kysely } from 'kysely';
import type pg from 'pg';
import type { Transaction } from '../../../kernel/context.ts';
import { createAppendSignal } from '../append-signal.ts';
import { migrate, refuseForeign } from '../migrations/index.ts';
import type { OpenStore } from '../open-store.ts';
import { pause } from '../pause.ts';
import type { Database, FindRow, Tables } from '../sql/database.ts';
import { preparedByKysely } from '../sql/prepared.ts';
import { sqlStores } from '../sql/stores.ts';
import { StoreError } from '../store-error.ts';
import { postgresDialect } from './driver.ts';
import { asksToRunAgain, translate, unavailable } from './errors.ts';
import { createPatientPool, createPool } from './pool.ts';
import { watchHead } from './watch.ts';

const maxRuns = 4;

export interface PostgresOptions {
  readonly url: string;
  /** 10 unless told. */
  readonly maxConnections?: number;
}

/** Opens the database. Throws StoreError when it cannot be reached, or belongs to a newer version. */
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
  const signal = createAppendSignal((moved) => watchHead(url, moved));
  let closed = false;

  async function runOnce<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let moved: Parameters<typeof signal.moved> | undefined;
    const result = await kysely.transaction().execute((trx) => {
      const database: Database = { kysely: trx, engine: 'postgres', prepare: preparedByKysely(trx) };
      return work(sqlStores(database, (...to) => (moved = to)));
    });
    if (moved !== undefined) signal.moved(...moved);
    return result;
  }

  return {
    read: sqlStores(committed),

    async transaction(work) {
      for (let run = 1; ; run++) {
        try {
          return await runOnce(work);
        } catch (error) {
          if (!asksToRunAgain(error)) throw error;
          if (run === maxRuns) throw unavailable(error);
        }
        await pause(10 * run);
      }
    },

    async migrate() {
      const patient = createPatientPool(url);
      try {
        await migrate(new Kysely<Tables>({ dialect: postgresDialect(patient) }), 'postgres');
      } finally {
        await patient.end();
      }
    },

    async ping() {
      await committed.kysely.selectFrom('log_head').select('head').executeTakeFirstOrThrow();
    },

    onAppend: (listener) => signal.add(listener),

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

/** Without the URL, which may hold a password. */
function cannotOpen(error: unknown): StoreError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason =
    cause instanceof AggregateError ? cause.errors.join(', ') : cause instanceof Error && cause.message;
  return new StoreError(`The PostgreSQL database cannot be opened: ${reason}.`, { cause: error });
}

/** Named, so that each connection parses and plans it once. */
function prepareOn<Row>(pool: pg.Pool, name: string, query: CompiledQuery<Row>): FindRow<Row> {
  return async (parameters) => {
    try {
      return (await pool.query({ name, text: query.sql, values: [...parameters] })).rows[0];
    } catch (error) {
      throw translate(error);
    }
  };
}
