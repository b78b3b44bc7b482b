/** better-auth as the rows use it: with e-mail and password on node:sqlite, WAL and synchronous as in Latchkey. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';

/** Counts the statements that better-auth runs. */
export class CountingDatabase extends DatabaseSync {
  statements = 0;

  override prepare(...args: Parameters<DatabaseSync['prepare']>) {
    this.statements++;
    return super.prepare(...args);
  }
}

/** MAX_AGE: seconds of its cookie cache, 0 for none. With JOINS, one statement reads session and user. */
export function betterAuthSetup({ DATABASE = '', SECRET = '', URL = '', MAX_AGE = '0', JOINS = '' }) {
  const database = new CountingDatabase(DATABASE);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000');
  const maxAge = Number(MAX_AGE);
  const options = {
    database,
    secret: SECRET,
    baseURL: URL,
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    advanced: { database: { joins: JOINS !== '' } },
    session: { cookieCache: maxAge > 0 ? { enabled: true, maxAge } : { enabled: false } },
  };
  return { database, options };
}

/** Makes its tables and serves its own handler on node:http. */
export async function startBetterAuth(env: Readonly<Record<string, string | undefined>>) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const { database, options } = betterAuthSetup({ ...env, URL: url });
  await (await getMigrations(options)).runMigrations();
  const auth = betterAuth(options);
  server.on('request', toNodeHandler(auth));
  return { port, url, auth, database };
}
