import type { Transaction } from '../../../kernel/context.ts';
import { AppError } from '../../../kernel/errors.ts';
import { given } from '../../../kernel/given.ts';
import { createAppendSignal } from '../append-signal.ts';
import { migratePostgres, refuseForeign, requireTables } from '../migrations/index.ts';
import type { OpenStore } from '../open-store.ts';
import { sleepWithJitter } from '../sleep-with-jitter.ts';
import type { Database } from '../sql/database.ts';
import { prepareByKysely } from '../sql/prepare.ts';
import { sqlStores } from '../sql/stores.ts';
import { tryToWrite } from '../sql/try-to-write.ts';
import { MissingDatabaseError, StoreError } from '../store-error.ts';
import { placeOf } from './connection-url.ts';
import { isLasting, isRetryable, translate, unavailable } from './errors.ts';
import { examineRights, examineServer, whyTooFew } from './examine.ts';
import { explain } from './explain.ts';
import { fewest, kyselyOn, openLanes, readersOf } from './lanes.ts';
import { type Connector, openConnector } from './pool.ts';
import { sizeOf, vacuumCautions } from './vacuum.ts';
import { type LogSource, watchHead, whyDeaf } from './watch.ts';

const maxRuns = 4;

export interface PostgresOptions {
  readonly url: string;
  /** As for `openStore`, like those below. */
  readonly listenUrl?: string;
  /** 10 by default. */
  readonly maxConnections?: number;
  readonly mustExist?: boolean;
  readonly warn?: (sentence: string) => void;
}

/**
 * Opens the database. Throws StoreError when it cannot be reached, or when another version made the tables and this one
 * cannot use them.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<OpenStore> {
  const { url, listenUrl, maxConnections = 10, mustExist = false, warn = () => {} } = options;
  const main = await openConnector(url);
  const listening = listenUrl === undefined ? undefined : await openListening(listenUrl);
  const { schema } = main.settings;
  const total = main.settings.maxConnections ?? maxConnections;
  const lanes = openLanes(total, main.createPool);
  const { heartbeats, feed, writes } = lanes.pools;
  const kysely = kyselyOn(writes);
  try {
    await examineServer(writes.pool, schema);
    await refuseForeign(kysely, 'postgres');
    if (mustExist) await requireTables(kysely, 'postgres', placeOf(main.settings));
  } catch (error) {
    if (error instanceof MissingDatabaseError) await examineRights(writes.pool).finally(() => lanes.close());
    else await lanes.close();
    throw storeErrorOf(error, 'opened');
  }
  const readHead = kyselyOn(heartbeats);
  const source: LogSource = {
    main,
    ...given({ listening }),
    notify: async (channel) => void (await feed.pool.query('select pg_notify($1, $2)', [channel, ''])),
  };
  const signal = createAppendSignal((emit) => watchHead(source, emit, warn));
  let closed = false;

  async function runOnce<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    let appended: Parameters<typeof signal.emit> | undefined;
    const result = await kysely.transaction().execute((trx) => {
      const database: Database = {
        kysely: trx,
        engine: 'postgres',
        prepare: prepareByKysely(trx, 'postgres'),
      };
      return work(sqlStores(database, (...to) => (appended = to)));
    });
    if (appended !== undefined) signal.emit(...appended);
    return result;
  }

  return {
    read: readersOf(lanes),

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
      const unlimited = main.createMigrationPool();
      try {
        await migratePostgres(kyselyOn(unlimited));
      } catch (error) {
        throw storeErrorOf(error, 'migrated');
      } finally {
        await unlimited.pool.end();
      }
    },

    async cautions() {
      const [few, deaf, vacuum] = await Promise.all([
        whyTooFew(feed.pool, total),
        whyDeaf(source),
        vacuumCautions(feed.pool),
      ]);
      return [whyCrowded(total), few, deaf, ...vacuum].filter((sentence) => sentence !== undefined);
    },

    giveBack: async () => 0,
    compact: async () => false,
    size: () => sizeOf(feed.pool),

    async ping() {
      await readHead.selectFrom('log_head').select('head').executeTakeFirstOrThrow();
    },

    tryToWrite: () => tryToWrite(kyselyOn(feed)),

    onAppend: (listener) => signal.subscribe(listener),

    async close() {
      if (closed) return;
      closed = true;
      signal.close();
      await lanes.close();
    },
  };
}

function whyCrowded(total: number): string | undefined {
  if (total >= fewest) return undefined;
  return `connection_limit=${total} in LATCHKEY_DATABASE_URL: checks and heartbeats share connections with what may wait. From ${fewest} on they have their own.`;
}

async function openListening(url: string): Promise<Connector> {
  try {
    return await openConnector(url);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new StoreError(`LATCHKEY_DATABASE_LISTEN_URL: ${error.message}`, { cause: error });
  }
}

/**
 * A StoreError for what an operator can mend, of the database that cannot be `opened` or `migrated`; otherwise the error
 * itself. Does not show the URL, which may hold a password.
 */
export function storeErrorOf(thrown: unknown, what: string): unknown {
  if (thrown instanceof StoreError) return thrown;
  const error = translate(thrown);
  const outage = error instanceof AppError && error.code === 'UNAVAILABLE';
  const root = outage ? error.details.cause : error;
  const reason = explain(root) ?? (outage ? messageOf(root) : undefined);
  if (reason === undefined) return error;
  return new StoreError(`The PostgreSQL database cannot be ${what}: ${reason}`, {
    cause: isLasting(root) ? root : error,
  });
}

function messageOf(error: unknown): string {
  const message = error instanceof AggregateError ? error.errors.join(', ') : (error as Error).message;
  return `${message.replace(/\.$/, '')}.`;
}
