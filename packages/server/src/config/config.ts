import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError, type Environment, readSettings } from './read.ts';
import { type Config, table, type Values } from './table.ts';
import { isLoopback } from './values.ts';

export { ConfigError } from './read.ts';
export { type Config, type SettingInfo, settings } from './table.ts';

const maxCookieAge = 400 * 86_400_000;

/**
 * The settings of the environment, each also as a file that `<NAME>_FILE` names. Relative paths begin at `cwd`.
 * Throws a ConfigError that tells every problem at once.
 */
export function loadConfig(env: Environment, { cwd }: { readonly cwd: string }): Config {
  const { values, problems } = readSettings(table, env, cwd);
  const read = values as Values;
  problems.push(...contradictions(read));
  if (problems.length > 0) throw new ConfigError(problems);
  return completed(read, cwd);
}

/** The same settings with the port that was taken for port 0, in the public URL too where none was set. */
export function withPort(config: Config, port: number): Config {
  const { port: old, publicUrl, audience } = config;
  const change = (text: string) => (text === localUrl(old) ? localUrl(port) : text);
  return { ...config, port, publicUrl: change(publicUrl), audience: audience.map(change) };
}

function localUrl(port: number): string {
  return `http://localhost:${port}`;
}

function contradictions(read: Values): string[] {
  const problems: string[] = [];
  if (read.audience?.length === 0) problems.push('LATCHKEY_AUDIENCE must name at least one audience.');
  if (read.passwordMinLength !== undefined && read.passwordMinLength < 8 && read.unsafe === false) {
    problems.push('LATCHKEY_PASSWORD_MIN_LENGTH must be at least 8, unless LATCHKEY_UNSAFE is true.');
  }
  if (read.metricsPort && read.metricsPort === read.port)
    problems.push('LATCHKEY_METRICS_PORT must differ from PORT.');
  return problems;
}

function completed(read: Values, cwd: string): Config {
  const given = read as Required<Values>;
  const dataDir = resolve(cwd, given.dataDir);
  const publicUrl = read.publicUrl ?? localUrl(given.port);
  const config = {
    ...given,
    dataDir,
    publicUrl,
    audience: read.audience ?? [publicUrl],
    databaseUrl: absolute(read.databaseUrl ?? `sqlite:${join(dataDir, 'latchkey.db')}`, cwd),
    cookieMaxAge: read.cookieMaxAge ?? Math.min(given.sessionAbsolute, maxCookieAge),
    hashThreads: read.hashThreads ?? availableParallelism(),
    ...(read.mailTemplates !== undefined && { mailTemplates: resolve(cwd, read.mailTemplates) }),
  };
  return { ...config, warnings: warningsOf(config) };
}

function absolute(databaseUrl: string, cwd: string): string {
  const file = /^sqlite:(.+)$/.exec(databaseUrl)?.[1];
  return file === undefined ? databaseUrl : `sqlite:${resolve(cwd, file)}`;
}

function warningsOf(config: Omit<Config, 'warnings'>): string[] {
  const warnings: string[] = [];
  const { protocol, hostname } = new URL(config.publicUrl);
  if (config.unsafe) warnings.push('LATCHKEY_UNSAFE is true: this server is for tests only.');
  if (config.passwordMinLength < 15) {
    warnings.push(
      'LATCHKEY_PASSWORD_MIN_LENGTH is below 15, which NIST SP 800-63B-4 asks for where no second factor is required.',
    );
  }
  if (protocol === 'http:' && !isLoopback(hostname)) {
    warnings.push(
      'LATCHKEY_PUBLIC_URL is plain http: everybody on the way can read passwords and sessions. Use https.',
    );
  }
  if (config.trustedProxies.some((proxy) => proxy.endsWith('/0'))) {
    warnings.push(
      'LATCHKEY_TRUSTED_PROXIES holds a network of all addresses: every client can forge its address.',
    );
  }
  if (config.sessionIdle > config.sessionAbsolute) {
    warnings.push('LATCHKEY_SESSION_IDLE is longer than LATCHKEY_SESSION_ABSOLUTE and has no effect.');
  }
  return warnings;
}
