import { ConfigError, type Environment, readSettings } from '../config/read.ts';
import { table as ofServer, rowsOf, type Setting } from '../config/table.ts';
import * as v from '../config/values.ts';

/** The settings of `latchkey verifier`; those of the server are not among them, least of all its secrets. */
const table = {
  port: {
    name: 'PORT',
    fallback: '8090',
    parse: v.integer(0, 65_535),
    description: 'The port to listen on; 0 takes any free one.',
  },
  host: {
    name: 'HOST',
    fallback: '127.0.0.1',
    parse: v.word,
    description: 'The address to listen on: one that the proxy alone reaches.',
  },
  publicUrl: {
    name: 'LATCHKEY_PUBLIC_URL',
    parse: v.publicUrl,
    description: "The server's own LATCHKEY_PUBLIC_URL: the issuer of tokens, which this process follows.",
  },
  serviceKey: {
    name: 'LATCHKEY_SERVICE_KEY',
    secret: true,
    parse: v.word,
    description: 'What `latchkey services add` printed.',
  },
  audience: {
    name: 'LATCHKEY_AUDIENCE',
    defaultText: 'LATCHKEY_PUBLIC_URL',
    parse: v.word,
    description: 'For whom tokens must be: one of the names in the LATCHKEY_AUDIENCE of the server.',
  },
  cookie: {
    name: 'LATCHKEY_COOKIE',
    fallback: 'x-session-id',
    parse: v.cookieName,
    description: "The server's own LATCHKEY_COOKIE.",
  },
  onStale: {
    name: 'LATCHKEY_ON_STALE',
    fallback: 'introspect',
    parse: v.oneOf('introspect', 'reject', 'accept'),
    description:
      'What is done without contact to the server: `introspect` asks it for every request, `reject` answers 503, `accept` goes by what was last known.',
  },
  maxStaleness: {
    name: 'LATCHKEY_MAX_STALENESS',
    fallback: '10s',
    unit: 'duration',
    parse: v.duration({ min: '1s', max: '1h' }),
    description: 'How long without contact until that is done.',
  },
  clockSkew: {
    name: 'LATCHKEY_CLOCK_SKEW',
    fallback: '30s',
    unit: 'duration',
    parse: v.duration({ min: '0s', max: '5m' }),
    description:
      "By how much the clocks of the server's instances may differ. This machine's own may be wrong.",
  },
  logLevel: {
    name: 'LATCHKEY_LOG_LEVEL',
    fallback: 'info',
    parse: v.oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    description: 'The least level that is logged; `debug` tells why requests were refused.',
  },
  metricsPort: ofServer.metricsPort,
} satisfies Record<string, Setting<unknown>>;

type Values = { readonly [K in keyof typeof table]: ReturnType<(typeof table)[K]['parse']> };

/** What `latchkey verifier` runs by. Durations are milliseconds. */
export type ForwardAuthConfig = Omit<Values, 'metricsPort'> & Partial<Pick<Values, 'metricsPort'>>;

/** The rows of the docs' table. */
export const forwardAuthSettings = rowsOf(table);

/** The settings of the environment. Throws a ConfigError that tells every problem at once. */
export function loadForwardAuthConfig(
  env: Environment,
  { cwd }: { readonly cwd: string },
): ForwardAuthConfig {
  const { values, problems } = readSettings(table, env, cwd);
  const read = values as Partial<Values>;
  for (const { name } of [table.publicUrl, table.serviceKey]) {
    const given = env[name] !== undefined || env[`${name}_FILE`] !== undefined;
    if (!given) problems.push(`${name} is missing.`);
  }
  if (read.metricsPort && read.metricsPort === read.port)
    problems.push(`${table.metricsPort.name} must differ from PORT.`);
  if (problems.length > 0) throw new ConfigError(problems);
  return { audience: read.publicUrl, ...read } as ForwardAuthConfig;
}
