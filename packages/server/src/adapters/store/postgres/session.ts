import pg from 'pg';
import { AppError } from '../../../kernel/errors.ts';

/** Connections that lead to PostgreSQL itself, so that what is set for one stays set for it. */
const direct = new WeakSet<pg.ClientBase>();

/** What holds for statements, by the names of PostgreSQL's settings, whatever others have set for role or database. */
export interface SessionSettings {
  /** Milliseconds, 0 for no limit. */
  readonly statement_timeout: number;
  /** Milliseconds, 0 for no limit: for how long a statement waits for a lock. */
  readonly lock_timeout: number;
  /** Milliseconds; a transaction of a process that was stopped loses its locks. */
  readonly idle_in_transaction_session_timeout: number;
  readonly search_path?: string;
}

/**
 * Numbers are sent in full, as PostgreSQL does by itself. Only the limits above count. Rows that are hidden from the role are
 * an error instead of missing. Servers pass over settings that came after their version.
 */
const always = {
  extra_float_digits: 1,
  default_transaction_isolation: 'read committed',
  idle_session_timeout: 0,
  transaction_timeout: 0,
  row_security: 'off',
};

/**
 * Makes a new connection of use, in one round trip: finds out whether it leads to PostgreSQL itself, and if so applies
 * the settings to it. Behind a pooler a connection may have another session for each transaction, and what is set would
 * stay with somebody else's: there `beginStatements` applies them to each transaction. Throws UNAVAILABLE when the
 * server is a standby, whose answers may be old.
 */
export async function startSession(client: pg.ClientBase, settings: SessionSettings): Promise<void> {
  // A pooler makes up the process id that it tells its clients, because it is what cancels their queries.
  const { processID: told } = client as pg.ClientBase & { readonly processID: number | null };
  const itself = `pg_backend_pid() = ${told ?? 0}`;
  const { rows } = await client.query<{ itself: boolean; standby: boolean }>(
    `select ${itself} as itself, pg_is_in_recovery() as standby,
      case when ${itself} then (${applied({ ...always, ...settings }, false)}) end`,
  );
  const [row] = rows;
  if (row!.standby) throw new AppError('UNAVAILABLE', { retryAfter: 1, cause: new StandbyError() });
  if (row!.itself) direct.add(client);
}

class StandbyError extends Error {
  override readonly name = 'StandbyError';
  override readonly message =
    'The PostgreSQL server is a standby, which can only be read: name the primary server, or promote this one.';
}

/** Whether the connection leads to PostgreSQL itself, and not to a pooler. */
export function isDirect(client: pg.ClientBase): boolean {
  return direct.has(client);
}

/** What begins a transaction on the connection. Behind a pooler it also applies the settings. */
export function beginStatements(client: pg.ClientBase, settings: SessionSettings): readonly string[] {
  const begin = 'begin isolation level read committed';
  return isDirect(client) ? [begin] : [begin, applied({ ...always, ...settings }, true)];
}

/**
 * A query that applies the settings, to the transaction or to the session. What is answered is on disk, also when the
 * server's default is otherwise; a stricter `synchronous_commit` stays.
 */
function applied(settings: Readonly<Record<string, unknown>>, local: boolean): string {
  const rows = Object.entries({ ...settings, synchronous_commit: 'on' })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `('${name}', ${pg.escapeLiteral(String(value))})`);
  return `select count(set_config(name, value, ${local})) from (values ${rows.join(', ')}) as wanted (name, value)
    where current_setting(name, true) is not null
      and (name <> 'synchronous_commit' or current_setting(name) = 'off')`;
}
