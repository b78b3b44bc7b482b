import { parseRedirect } from '@latchkey/verify/internal';
import type { Environment } from '../config/environment.ts';
import { ConfigError, readVariables, sourceOf } from '../config/read.ts';
import { table as serverTable } from '../config/table.ts';
import * as v from '../config/values.ts';
import { ValueError } from '../config/values.ts';
import { type ConfigVariable, describeVariables } from '../config/variable.ts';

/** Every variable of `latchkey forward-auth`. It does not know the server's own, and so none of its secrets. */
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
    description: 'The address to listen on. Only the proxy should reach it.',
  },
  publicUrl: {
    name: 'LATCHKEY_PUBLIC_URL',
    parse: v.publicUrl,
    description:
      'The LATCHKEY_PUBLIC_URL of the server: the issuer of tokens, whose revocation log is followed.',
  },
  issuerConnect: {
    name: 'LATCHKEY_ISSUER_CONNECT',
    defaultText: 'LATCHKEY_PUBLIC_URL',
    parse: v.publicUrl,
    description:
      'Where the server is reached from here, if not by its public URL, such as `http://latchkey:8080`. It takes the place of the whole public URL, path included.',
  },
  serviceKey: {
    name: 'LATCHKEY_SERVICE_KEY',
    secret: true,
    parse: v.word,
    description: 'The key that `latchkey services add` printed.',
  },
  audience: {
    name: 'LATCHKEY_AUDIENCE',
    defaultText: 'LATCHKEY_PUBLIC_URL',
    parse: v.word,
    description:
      'The audience that tokens must have: one of the names in the LATCHKEY_AUDIENCE of the server.',
  },
  cookie: {
    name: 'LATCHKEY_COOKIE',
    fallback: 'x-session-id',
    parse: v.cookieName,
    description: 'The LATCHKEY_COOKIE of the server.',
  },
  signInUrl: {
    name: 'LATCHKEY_SIGN_IN_URL',
    parse: signInUrl,
    description:
      'Where a browser is sent that opens a page and is not signed in: an http(s) URL, or a path such as `/signin`. The way back is in `return_to`.',
  },
  onStale: {
    name: 'LATCHKEY_ON_STALE',
    fallback: 'introspect',
    parse: v.oneOf('introspect', 'reject', 'accept'),
    description:
      'What happens after LATCHKEY_MAX_STALENESS without contact: `introspect` asks the server about every request, `reject` answers 503, `accept` decides by what was last known.',
  },
  maxStaleness: {
    name: 'LATCHKEY_MAX_STALENESS',
    fallback: '10s',
    unit: 'duration',
    parse: v.duration({ min: '1s', max: '1h' }),
    description: 'How long without contact to the server until LATCHKEY_ON_STALE applies.',
  },
  clockSkew: {
    name: 'LATCHKEY_CLOCK_SKEW',
    fallback: '30s',
    unit: 'duration',
    parse: v.duration({ min: '0s', max: '5m' }),
    description:
      "How much the clocks of the server's instances may differ. The clock of this machine may be wrong.",
  },
  logLevel: {
    name: 'LATCHKEY_LOG_LEVEL',
    fallback: 'info',
    parse: v.oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    description: 'The lowest level that is logged; `debug` logs why requests were refused.',
  },
  drain: serverTable.drain,
  maxConnections: serverTable.maxConnections,
  metricsPort: serverTable.metricsPort,
} satisfies Record<string, ConfigVariable<unknown>>;

type Values = { readonly [K in keyof typeof table]: ReturnType<(typeof table)[K]['parse']> };

/** The configuration of `latchkey forward-auth`. Durations are milliseconds; `ignored` are sentences to log at the start. */
export type ForwardAuthConfig = Omit<Values, Absent> &
  Partial<Pick<Values, Absent>> & { readonly ignored: readonly string[] };
type Absent = 'maxConnections' | 'metricsPort' | 'signInUrl';

function signInUrl(text: string): string {
  try {
    parseRedirect(text);
    return text;
  } catch {
    throw new ValueError('must be an http(s) URL or a path');
  }
}

const server = { title: 'the server', names: Object.values(serverTable).map(({ name }) => name) };

/** All variables of `latchkey forward-auth`, in the order of the docs. */
export const forwardAuthVariables = describeVariables(table);

/** Reads the configuration from the environment. Throws a ConfigError that names every problem at once. */
export function loadForwardAuthConfig(
  env: Environment,
  { cwd }: { readonly cwd: string },
): ForwardAuthConfig {
  const { values, problems, ignored } = readVariables(table, env, cwd, server);
  const read = values as Partial<Values>;
  for (const { name } of [table.publicUrl, table.serviceKey]) {
    if (sourceOf(name, env) === 'default') problems.push(`${name} is missing.`);
  }
  if (read.metricsPort && read.metricsPort === read.port)
    problems.push(`${table.metricsPort.name} must differ from PORT.`);
  if (problems.length > 0) throw new ConfigError(problems);
  return { audience: read.publicUrl, issuerConnect: read.publicUrl, ...read, ignored } as ForwardAuthConfig;
}
