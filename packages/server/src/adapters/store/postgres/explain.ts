/** A remedy, where the message of the server matches, or always. */
interface Remedy {
  readonly state: string;
  readonly when?: RegExp;
  readonly remedy: string;
}

/** What lets a role create tables. */
export const grantCreate =
  'As the owner of the database: GRANT USAGE, CREATE ON SCHEMA name TO role; or give Latchkey a schema of its own: CREATE SCHEMA latchkey AUTHORIZATION role, and schema=latchkey in the URL.';

/** By the beginning of the SQLSTATE; the first row that fits. PgBouncer says almost everything by 08P01. */
const remedies: readonly Remedy[] = [
  {
    state: '28',
    when: /no encryption|SSL off|SSL required|SSL connection is required/i,
    remedy: 'The server wants encrypted connections: add sslmode=verify-full or sslmode=require to the URL.',
  },
  {
    state: '28',
    when: /pg_hba/,
    remedy: 'Add a line to pg_hba.conf that lets this user in from this machine.',
  },
  { state: '28', remedy: 'Check the user and the password in the URL of the database.' },
  { state: '3D000', remedy: "Create it: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0." },
  {
    state: '3F000',
    remedy: 'Create the schema, or set a search_path for the role that names one that exists.',
  },
  { state: '42501', when: /schema/, remedy: grantCreate },
  {
    state: '42501',
    when: /row-level security/,
    remedy:
      'As the owner of the tables: ALTER TABLE name DISABLE ROW LEVEL SECURITY; or connect as their owner, who sees all rows.',
  },
  {
    state: '42501',
    remedy:
      'As the owner of the tables: GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA name TO role. Only the owner can migrate.',
  },
  {
    state: '42P07',
    remedy:
      'Something else has a table of that name: give Latchkey a database of its own, or a schema: CREATE SCHEMA latchkey AUTHORIZATION role, and schema=latchkey in the URL.',
  },
  ...['42P01', '42703'].map((state) => ({
    state,
    remedy:
      'The tables are not those of Latchkey, or not all of them: check search_path, whether a backup was restored in full, and whether something else has tables of the same names.',
  })),
  {
    state: '25006',
    remedy:
      'Name the primary server. If this is it, default_transaction_read_only is on: hosters set it when the disk is full.',
  },
  {
    state: '53300',
    remedy: 'Raise max_connections, or put a pooler in front. Each process uses up to 11 connections.',
  },
  { state: '53100', remedy: 'The disk of the database is full.' },
  { state: '57P03', remedy: 'It is starting or recovering; this ends by itself.' },
  { state: '57014', remedy: 'The statement took too long: the database is overloaded, or a lock is held.' },
  {
    state: '55P03',
    remedy: 'Another transaction holds a lock for too long: pg_stat_activity and pg_locks show which.',
  },
  { state: '58', remedy: "The server's own files cannot be read or written: see its log." },
  { state: 'XX', remedy: "The server's data is damaged: see its log." },
  {
    state: '08P01',
    when: /statement pooling mode/,
    remedy: 'Set pool_mode to transaction or session in PgBouncer: Latchkey needs transactions.',
  },
  {
    state: '08P01',
    when: /unsupported startup parameter/,
    remedy:
      'The pooler refuses this parameter: leave it out of the URL, and set what it sets for the role by ALTER ROLE … SET.',
  },
  {
    state: '08P01',
    when: /no more connections|query_wait_timeout|too many/,
    remedy:
      'The pooler has no free connection: raise default_pool_size or max_client_conn, or see in its log whether it reaches PostgreSQL.',
  },
  {
    state: '08P01',
    when: /server_login_retry|cannot connect to server|server login/,
    remedy: 'The pooler does not reach PostgreSQL, or is not let in: see its log. It tries again by itself.',
  },
  {
    state: '08P01',
    when: /no such (user|database)|does not exist|password|auth/i,
    remedy: 'Check user, password and database in the URL, and what the pooler lets in.',
  },
];

/** By the code of Node's error, or its message. */
const connectionRemedies: readonly (readonly [RegExp, string])[] = [
  [
    /became free in time|timeout exceeded when trying to connect/,
    'Those for this are at work, wait for a lock, or wait for a server that does not answer.',
  ],
  [/ECONNREFUSED/, 'Nothing listens there: start PostgreSQL, or check host and port in the URL.'],
  [/ENOTFOUND|EAI_AGAIN/, 'The name of the host is not known: check the URL, and DNS.'],
  [/ENOENT/, 'There is no socket: check host in the URL, and whether PostgreSQL is running.'],
  [/EACCES/, 'This user may not use the socket.'],
  [
    /timeout expired|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
    'No answer from there in time: check host, port and firewall.',
  ],
  [
    /does not support SSL/,
    'The server does not encrypt: turn ssl on there, or say sslmode=disable in the URL if the network is yours.',
  ],
  [
    /SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|CERT_UNTRUSTED|unknown ca/,
    'The authority of its certificate is not known: name it by sslrootcert=<file>, or encrypt without a check by sslmode=require.',
  ],
  [/CERT_HAS_EXPIRED/, 'Its certificate has expired: renew it.'],
  [
    /ERR_TLS_CERT_ALTNAME_INVALID/,
    'Its certificate is for another name: use that name as the host, or sslmode=verify-ca with sslrootcert.',
  ],
  [
    /channel binding/,
    'Leave channel_binding=require out of the URL, or use a server with TLS and SCRAM passwords.',
  ],
  [/password must be a/, 'The server asks for a password, and the URL has none.'],
];

/** What the database or the network says, with what an operator can do about it. */
export class ExplainedError extends Error {
  override readonly name = 'ExplainedError';
}

/** What the database or the network says, and what an operator can do about it; undefined when that is nothing. */
export function explain(error: unknown): string | undefined {
  if (error instanceof AggregateError) return explain(error.errors[0]);
  if (!(error instanceof Error)) return undefined;
  if (error instanceof ExplainedError) return error.message;
  const state = sqlStateOf(error);
  const message = error.message.replace(/\.$/, '');
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const remedy =
    state === undefined
      ? connectionRemedies.find(([sign]) => sign.test(`${code} ${message}`))?.[1]
      : remedies.find((row) => state.startsWith(row.state) && (row.when?.test(message) ?? true))?.remedy;
  if (remedy === undefined) return undefined;
  const shown = state ?? (message.includes(code) ? '' : code);
  return `${message}${shown && ` (${shown})`}. ${remedy}`;
}

/** The SQLSTATE of an error that the server sent. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && 'severity' in (error as object)
    ? code
    : undefined;
}
