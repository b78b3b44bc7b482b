import type { ConnectionOptions as TlsOptions } from 'node:tls';
import pg from 'pg';
import { given, ifGiven } from '../../../kernel/given.ts';
import { BoundClient } from './channel-binding.ts';
import { type ConnectionSettings, parseConnectionUrl } from './connection-url.ts';
import { type SessionSettings, startSession } from './session.ts';

const int8 = 20;

/** Numbers for int8, which `pg` reads as text by default: every int8 of ours is below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

const connectionTimeoutMillis = 3000;
/** For how long a statement waits for a connection to become free: for less than one that is stuck is waited for. */
const longestWait = 2500;
/** The server's own limit comes first, so that the connection can be used again; this is for a server that is gone. */
const query_timeout = 3000;
const limits: SessionSettings = {
  statement_timeout: 2500,
  lock_timeout: 2000,
  idle_in_transaction_session_timeout: 10_000,
};
const noLimits: SessionSettings = {
  statement_timeout: 0,
  lock_timeout: 0,
  idle_in_transaction_session_timeout: 0,
};

/** How a database is connected to. */
export interface Connector {
  readonly settings: ConnectionSettings;
  /** A pool of connections. Each statement ends or fails within three seconds, and waits for a lock for two at most. */
  createPool(max: number): SessionPool;
  /** A pool of one connection, for migrations: its statements have no time limit. */
  createMigrationPool(): SessionPool;
  /** One connection outside a pool. */
  connect(): Promise<pg.Client>;
}

/** A pool, and what holds for each of its transactions. */
export interface SessionPool {
  readonly pool: pg.Pool;
  readonly session: SessionSettings;
}

/** A connection of the pool. Throws an Error when none becomes free in time. */
export async function takeClient({ pool }: SessionPool): Promise<pg.PoolClient> {
  const taken = pool.connect();
  if (pool.waitingCount === 0) return await taken;
  let late = false;
  const timer = Promise.withResolvers<never>();
  const timeout = setTimeout(() => {
    late = true;
    timer.reject(new Error('no connection to the database became free in time'));
  }, longestWait);
  taken.then(
    (client) => late && client.release(),
    () => {},
  );
  try {
    return await Promise.race([taken, timer.promise]);
  } finally {
    clearTimeout(timeout);
  }
}

/** Reads the URL, and finds out whether the server encrypts where the URL leaves that open. Throws StoreError. */
export async function openConnector(url: string): Promise<Connector> {
  const settings = parseConnectionUrl(url);
  const searchPath = given({ search_path: ifGiven(settings.schema, pg.escapeIdentifier) });
  const [normal, unlimited] = [
    { ...limits, ...searchPath },
    { ...noLimits, ...searchPath },
  ];
  const config = await settleTls(settings);
  return {
    settings,
    createPool: (max) => poolOf({ ...config, query_timeout, max }, normal),
    createMigrationPool: () => poolOf({ ...config, max: 1 }, unlimited),
    async connect() {
      const client = newClient({ ...config, query_timeout });
      try {
        await client.connect();
        await startSession(client, normal);
        return client;
      } catch (error) {
        void client.end().catch(() => {});
        throw error;
      }
    },
  };
}

/** The first way of encrypting, or of leaving it, that the server agrees to. */
async function settleTls(settings: ConnectionSettings): Promise<pg.ClientConfig> {
  const { attempts } = settings.tls;
  for (const [i, attempt] of attempts.entries()) {
    const config = configOf(settings, attempt);
    if (i === attempts.length - 1) return config;
    const client = newClient(config);
    try {
      await client.connect();
      return config;
    } catch {
      // The next way is tried, and the last one tells its own error.
    } finally {
      void client.end().catch(() => {});
    }
  }
  throw new TypeError('there is no way to connect');
}

function configOf(settings: ConnectionSettings, tls: TlsOptions | false): pg.ClientConfig {
  const { host, port, database, user, password, options, applicationName = 'latchkey' } = settings;
  const socket = (host ?? process.env.PGHOST)?.startsWith('/');
  return {
    ...given({ host, port, database, user, password, options }),
    ssl: socket ? false : tls,
    ...(settings.tls.direct && { sslnegotiation: 'direct' }),
    ...(settings.tls.channelBinding !== 'disable' && !socket && { enableChannelBinding: true }),
    ...(settings.tls.channelBinding === 'require' && !socket && { Client: BoundClient }),
    application_name: applicationName,
    connectionTimeoutMillis,
    keepAlive: true,
    types,
  };
}

function newClient(config: pg.ClientConfig): pg.Client {
  const { Client = pg.Client } = config as { Client?: typeof pg.Client };
  const client = new Client(config);
  client.on('error', () => {}); // Its queries fail, and their callers see why.
  return client;
}

function poolOf(config: pg.PoolConfig, session: SessionSettings): SessionPool {
  const pool = new pg.Pool({ ...config, onConnect: (client) => startSession(client, session) });
  // A connection that dies, idle or in use, must not end the process: its next query fails.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return { pool, session };
}
