import { given } from '../../../kernel/given.ts';
import { StoreError } from '../store-error.ts';
import { checkTlsParameters, type TlsParameters } from './tls.ts';

/** What a URL says of a database. What it leaves out, `pg` takes from the variables that libpq reads, such as PGUSER. */
export interface ConnectionSettings {
  /** A name, an address, or the folder of a Unix socket. */
  readonly host?: string;
  readonly port?: number;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
  /** Sent to the server as it is. */
  readonly options?: string;
  readonly applicationName?: string;
  /** The schema of the tables. */
  readonly schema?: string;
  readonly maxConnections?: number;
  readonly tls: TlsParameters;
}

/**
 * Reads a `postgres://` URL as libpq does, with the parameters that hosters and Prisma write. Parameters that change
 * nothing here are passed over. Throws StoreError, which never holds the URL, for what cannot be read or kept.
 */
export function parseConnectionUrl(url: string): ConnectionSettings {
  // The password may hold # and ?, as for libpq, and @; the last @ before a slash ends it.
  const parts = /^postgres(?:ql)?:\/\/(?:([^/]*)@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(url);
  if (parts === null) refuse('must be postgres://<user>:<password>@<host>/<database>');
  const [, userinfo = '', authority = '', path = '', query = ''] = parts;
  if (path.includes('@') || (!userinfo && /:[^\d,]/.test(authority.replace(/^\[.*\]/, '')))) {
    refuse('holds a special character in the user or the password: write / as %2F, @ as %40 and % as %25');
  }
  const parameters = new Map(new URLSearchParams(query));
  const [, user, password] = /^([^:]*)(?::(.*))?$/s.exec(userinfo)!;
  const place = hostAndPort(authority);
  const given = (name: string, inUrl?: string) => parameters.get(name) || decode(inUrl) || undefined;
  const host = given('host', place.host) ?? parameters.get('hostaddr');
  const port = given('port', place.port);
  if (`${host}${port}`.includes(',')) {
    refuse('names several hosts: name one, such as a proxy or an address that follows the primary server');
  }
  if (port !== undefined && !isPort(port)) refuse('has a port that is not a number up to 65535');
  refuseReplica(parameters.get('target_session_attrs'));
  return withoutUndefined({
    host,
    port: port === undefined ? undefined : Number(port),
    database: given('dbname', path),
    user: given('user', user),
    password: given('password', password),
    options: parameters.get('options'),
    applicationName: parameters.get('application_name'),
    schema: parameters.get('schema'),
    maxConnections: countOf(parameters.get('connection_limit')),
    tls: checkTlsParameters(parameters),
  });
}

/** Where the database is, without user, password and parameters. */
export function placeOf({ host = 'localhost', port = 5432, database = '' }: ConnectionSettings): string {
  const name = host.includes(':') ? `[${host}]` : host.startsWith('/') ? encodeURIComponent(host) : host;
  return `postgres://${name}:${port}/${database}`;
}

const withoutUndefined = given;

/** Says what is wrong with the URL, without showing it. */
function refuse(what: string): never {
  throw new StoreError(`The URL of the database ${what}.`);
}

function hostAndPort(authority: string): { readonly host?: string; readonly port?: string } {
  const [, bracketed, name, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(authority) ?? [];
  if (authority.includes(',')) return { host: authority };
  return given({ host: bracketed ?? name, port });
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) <= 65_535;
}

/** Percent signs that begin no code stay. */
function decode(text: string | undefined): string | undefined {
  try {
    return text?.replaceAll(/(?:%[0-9a-f]{2})+/gi, decodeURIComponent);
  } catch {
    return refuse('holds a percent-encoded character that is not UTF-8: write % as %25');
  }
}

function refuseReplica(wanted: string | undefined): void {
  if (wanted !== undefined && /standby|read-only/.test(wanted) && wanted !== 'prefer-standby')
    refuse('asks for a standby by target_session_attrs, and Latchkey needs the primary server');
}

function countOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : refuse('has a connection_limit that is no number');
}
