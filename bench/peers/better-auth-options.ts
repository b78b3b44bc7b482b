/** better-auth as it is set up in the `story` row: for the process that signs people in, and for the service that checks. */
import { DatabaseSync } from 'node:sqlite';

/** Counts the statements that better-auth runs. */
export class CountingDatabase extends DatabaseSync {
  statements = 0;

  override prepare(...args: Parameters<DatabaseSync['prepare']>) {
    this.statements++;
    return super.prepare(...args);
  }
}

/** MAX_AGE: seconds of its cookie cache, 0 for none. Session and user are read by one statement (`joins`). */
export function betterAuthSetup({ DATABASE = '', SECRET = '', URL = '', MAX_AGE = '0' }) {
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
    advanced: { database: { joins: true } },
    session: { cookieCache: maxAge > 0 ? { enabled: true, maxAge } : { enabled: false } },
  };
  return { database, options };
}
