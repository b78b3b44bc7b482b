import pg from 'pg';

const int8 = 20;

/** Numbers for int8, which `pg` reads as text by default: every int8 of ours is below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

const limits = {
  connectionTimeoutMillis: 3000,
  // The server's own limit comes first, so that the connection can be used again; ours is for a server that is gone.
  statement_timeout: 2500,
  query_timeout: 3000,
  // A transaction of a process that was stopped loses its locks.
  idle_in_transaction_session_timeout: 10_000,
};

/** A pool of connections. Each statement ends or fails within three seconds. */
export function createPool(url: string, max: number): pg.Pool {
  return poolOf({ ...connectionConfig(url), ...limits, max });
}

/** A pool of one connection, for migrations: its statements have no time limit. */
export function createMigrationPool(url: string): pg.Pool {
  return poolOf({
    ...connectionConfig(url),
    connectionTimeoutMillis: limits.connectionTimeoutMillis,
    max: 1,
  });
}

/** One connection outside the pool, for LISTEN. */
export function createClient(url: string): pg.Client {
  const client = new pg.Client({ ...connectionConfig(url), ...limits });
  client.on('error', () => {}); // Its queries fail, and their callers see why.
  return client;
}

function connectionConfig(url: string): pg.ClientConfig {
  return { connectionString: url, application_name: 'latchkey', keepAlive: true, types };
}

function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, onConnect: keepCommitsDurable });
  // A connection that dies, idle or in use, must not end the process: its next query fails.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** What is answered is on disk, also when the server's default is otherwise; a stricter setting stays. */
async function keepCommitsDurable(client: pg.ClientBase): Promise<void> {
  await client.query(
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'",
  );
}
