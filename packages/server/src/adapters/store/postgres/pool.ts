import pg from 'pg';

const int8 = 20;

/** Each database has its own parser: every int8 of ours is below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

const limits = {
  connectionTimeoutMillis: 3000,
  // The server gives up first, so that the connection stays of use; the second one is for a server that is gone.
  statement_timeout: 2500,
  query_timeout: 3000,
  // Whoever holds locks and says nothing, such as a process that was stopped, loses them.
  idle_in_transaction_session_timeout: 10_000,
};

/** A pool of connections; its statements end, or fail, within three seconds. */
export function createPool(url: string, max: number): pg.Pool {
  return poolOf({ ...connectionConfig(url), ...limits, max });
}

/** A pool of one connection whose statements take as long as they need. */
export function createPatientPool(url: string): pg.Pool {
  return poolOf({
    ...connectionConfig(url),
    connectionTimeoutMillis: limits.connectionTimeoutMillis,
    max: 1,
  });
}

/** One connection that the pool does not know, for LISTEN. */
export function createClient(url: string): pg.Client {
  const client = new pg.Client({ ...connectionConfig(url), ...limits });
  client.on('error', () => {}); // Its queries fail, and are heard.
  return client;
}

function connectionConfig(url: string): pg.ClientConfig {
  return { connectionString: url, application_name: 'latchkey', keepAlive: true, types };
}

function poolOf(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ ...config, onConnect: keepCommitsDurable });
  // A connection that dies while nobody, or somebody, uses it must not end the process: its next query fails.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** An answer to the user says that it is on disk, whatever the server's default is; a stricter setting stays. */
async function keepCommitsDurable(client: pg.ClientBase): Promise<void> {
  await client.query(
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'",
  );
}
