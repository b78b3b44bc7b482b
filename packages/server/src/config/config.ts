import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { isLoopback } from '../kernel/loopback.ts';
import { readSmtpUrl } from '../kernel/smtp-url.ts';
import { type Environment, givenVariables } from './environment.ts';
import { ConfigError, type OtherProcess, readVariables } from './read.ts';
import { configVariables, table, type Values } from './table.ts';
import { databaseUrl, faultOfMasterKey } from './values.ts';

export { ConfigError, sourceOf } from './read.ts';
export { configVariables };

/** A variable of the server as the docs and the help show it. */
export type ConfigVariableInfo = (typeof configVariables)[number];

type Optional =
  | 'databaseListenUrl'
  | 'masterKey'
  | 'redisUrl'
  | 'redisCa'
  | 'smtpUrl'
  | 'smtpCa'
  | 'mailFrom'
  | 'mailTemplates'
  | 'metricsPort';

/**
 * The server's configuration. Durations are milliseconds, paths absolute; `configVariables` says what each means.
 * `warnings` are sentences to log at the start, and `ignored` those about variables that do not count.
 */
export type Config = Required<Omit<Values, Optional>> &
  Pick<Values, Optional> & { readonly warnings: readonly string[]; readonly ignored: readonly string[] };

const maxCookieAge = 400 * 86_400_000;

/**
 * Reads the configuration from the environment, and from the files that `<NAME>_FILE` names. Relative paths start at
 * `cwd`. Throws a ConfigError that names every problem at once.
 */
export function loadConfig(env: Environment, { cwd }: { readonly cwd: string }): Config {
  const { values, problems, ignored } = readVariables(table, env, cwd, forwardAuth);
  const read = values as Values;
  problems.push(...findContradictions(read));
  if (problems.length > 0) throw new ConfigError(problems);
  const config = addDefaults(read, cwd);
  const ofHoster = read.databaseUrl === undefined && givenVariables(env).DATABASE_URL?.startsWith('postgres');
  const warnings = ofHoster ? [...config.warnings, databaseOfHoster] : config.warnings;
  return { ...config, warnings, ignored };
}

/** Said where a hoster tells a database, and nobody told Latchkey: disks of hosters often last until the next start. */
const databaseOfHoster =
  'DATABASE_URL is set, but only LATCHKEY_DATABASE_URL is read: the accounts are in SQLite, in LATCHKEY_DATA_DIR.';

/** The variables that only `latchkey forward-auth` has; its table is above this folder. */
const forwardAuth: OtherProcess = {
  title: '`latchkey forward-auth`',
  names: [
    'LATCHKEY_ISSUER_CONNECT',
    'LATCHKEY_SERVICE_KEY',
    'LATCHKEY_SIGN_IN_URL',
    'LATCHKEY_ON_STALE',
    'LATCHKEY_MAX_STALENESS',
    'LATCHKEY_CLOCK_SKEW',
  ],
};

/** Replaces port 0 with the port that was taken, also in a public URL that follows from it. */
export function withPort(config: Config, port: number): Config {
  const { port: old, publicUrl, audience } = config;
  const change = (text: string) => (text === localUrl(old) ? localUrl(port) : text);
  return { ...config, port, publicUrl: change(publicUrl), audience: audience.map(change) };
}

function localUrl(port: number): string {
  return `http://localhost:${port}`;
}

function findContradictions(read: Values): string[] {
  const problems: string[] = [];
  if (read.audience?.length === 0) problems.push('LATCHKEY_AUDIENCE must name at least one audience.');
  if (read.passwordMinLength !== undefined && read.passwordMinLength < 8 && read.unsafe === false) {
    problems.push('LATCHKEY_PASSWORD_MIN_LENGTH must be at least 8, unless LATCHKEY_UNSAFE is true.');
  }
  const weak = read.publicUrl?.startsWith('https:') && read.masterKey && faultOfMasterKey(read.masterKey);
  if (weak) problems.push(weak);
  if (read.metricsPort && read.metricsPort === read.port)
    problems.push('LATCHKEY_METRICS_PORT must differ from PORT.');
  return problems;
}

function addDefaults(read: Values, cwd: string): Omit<Config, 'ignored'> {
  const given = read as Required<Values>;
  const dataDir = resolve(cwd, given.dataDir);
  const publicUrl = read.publicUrl ?? localUrl(given.port);
  const config = {
    ...given,
    dataDir,
    publicUrl,
    audience: read.audience ?? [publicUrl],
    databaseUrl: resolveDatabaseUrl(read.databaseUrl ?? `sqlite:${join(dataDir, 'latchkey.db')}`, cwd),
    cookieMaxAge: read.cookieMaxAge ?? Math.min(given.sessionAbsolute, maxCookieAge),
    hashThreads: read.hashThreads ?? availableParallelism(),
    ...(read.mailTemplates !== undefined && { mailTemplates: resolve(cwd, read.mailTemplates) }),
  };
  return { ...config, warnings: findWarnings(config) };
}

/** The URL of a database, as LATCHKEY_DATABASE_URL is read. Throws a ValueError. */
export function parseDatabaseUrl(text: string, cwd: string): string {
  return resolveDatabaseUrl(databaseUrl(text), cwd);
}

function resolveDatabaseUrl(databaseUrl: string, cwd: string): string {
  const file = /^sqlite:(.+)$/.exec(databaseUrl)?.[1];
  return file === undefined ? databaseUrl : `sqlite:${resolve(cwd, file)}`;
}

function findWarnings(config: Omit<Config, 'warnings' | 'ignored'>): string[] {
  const warnings: string[] = [];
  const { protocol, hostname } = new URL(config.publicUrl);
  if (config.unsafe) warnings.push('LATCHKEY_UNSAFE is true: this server is for tests only.');
  const weak = config.masterKey && faultOfMasterKey(config.masterKey);
  if (weak) warnings.push(weak);
  if (config.passwordMinLength < 15) {
    warnings.push(
      'LATCHKEY_PASSWORD_MIN_LENGTH is below 15, the minimum of NIST SP 800-63B-4 without a second factor.',
    );
  }
  if (protocol === 'http:' && !isLoopback(hostname)) {
    warnings.push(
      'LATCHKEY_PUBLIC_URL is plain http: anybody on the network can read passwords and sessions. Use https.',
    );
  }
  if (config.trustedProxies.some((proxy) => proxy.endsWith('/0'))) {
    warnings.push(
      'LATCHKEY_TRUSTED_PROXIES contains a network of all addresses: every client can forge its address.',
    );
  }
  if (/[?&]tls\.rejectUnauthorized=(?:false|0)\b/.test(config.smtpUrl ?? '')) {
    warnings.push(
      'LATCHKEY_SMTP_URL turns off the check of certificates: whoever is in between can read mails and credentials. Set LATCHKEY_SMTP_CA instead.',
    );
  }
  const { passedOver } = readSmtpUrl(config.smtpUrl ?? 'smtp://localhost');
  if (passedOver.length > 0) {
    warnings.push(
      `LATCHKEY_SMTP_URL has parameters that have no effect: ${passedOver.join(', ')}. Credentials go to another machine only over an encrypted connection.`,
    );
  }
  if (config.databaseListenUrl !== undefined && config.databaseUrl.startsWith('sqlite:'))
    warnings.push('LATCHKEY_DATABASE_LISTEN_URL is for PostgreSQL and has no effect with SQLite.');
  if (config.sessionIdle > config.sessionAbsolute) {
    warnings.push('LATCHKEY_SESSION_IDLE is longer than LATCHKEY_SESSION_ABSOLUTE and has no effect.');
  }
  return warnings;
}
