import * as v from './values.ts';

/** One setting as it is declared. */
export interface Setting<T> {
  readonly name: string;
  /** What it is when it is not set: a text that is parsed like any other, or what docs say about a default that depends on others. */
  readonly fallback?: string;
  readonly defaultText?: string;
  readonly description: string;
  /** What it counts; a duration is read as seconds or with a unit of its own, and kept in milliseconds. */
  readonly unit?: 'duration' | 'characters' | 'threads';
  readonly secret?: true;
  readonly parse: v.Parse<T>;
}

/** Every setting: its name, how it is read, its default, and the sentence that the docs show. */
export const table = {
  port: {
    name: 'PORT',
    fallback: '8080',
    parse: v.integer(0, 65_535),
    description: 'The port to listen on; 0 takes any free one.',
  },
  host: {
    name: 'HOST',
    fallback: 'localhost',
    parse: v.word,
    description:
      'The address to listen on. `localhost` is 127.0.0.1 and ::1, this machine alone; `0.0.0.0` or `::` is every address, as a container needs.',
  },
  publicUrl: {
    name: 'LATCHKEY_PUBLIC_URL',
    defaultText: 'http://localhost:<PORT>',
    parse: v.publicUrl,
    description:
      'Where browsers and services reach this server: an origin and an optional path. Also the issuer of tokens.',
  },
  audience: {
    name: 'LATCHKEY_AUDIENCE',
    defaultText: 'LATCHKEY_PUBLIC_URL',
    parse: v.listOf(v.word),
    description: 'For whom tokens are issued: one or several names, separated by commas.',
  },
  dataDir: {
    name: 'LATCHKEY_DATA_DIR',
    fallback: './data',
    parse: v.path,
    description: 'The folder for the keys and the SQLite database.',
  },
  databaseUrl: {
    name: 'LATCHKEY_DATABASE_URL',
    defaultText: 'sqlite:./data/latchkey.db',
    secret: true,
    parse: v.databaseUrl,
    description: 'The database: `sqlite:<path>` or `postgres://…`. The default is in LATCHKEY_DATA_DIR.',
  },
  masterKey: {
    name: 'LATCHKEY_MASTER_KEY',
    secret: true,
    parse: v.masterKey,
    description:
      'At least 32 random bytes in base64url, base64 or hexadecimal. With it the keys are kept in the database, encrypted, instead of in the data folder; several instances then share them.',
  },
  redisUrl: {
    name: 'LATCHKEY_REDIS_URL',
    secret: true,
    parse: v.url('redis', 'rediss'),
    description: 'A Redis on whose stream `logout` every ended session is an event.',
  },
  smtpUrl: {
    name: 'LATCHKEY_SMTP_URL',
    secret: true,
    parse: v.url('smtp', 'smtps'),
    description: 'The mail server. Without one, mails are kept and not sent.',
  },
  mailFrom: {
    name: 'LATCHKEY_MAIL_FROM',
    defaultText: 'Latchkey <no-reply@ the host of LATCHKEY_PUBLIC_URL>',
    parse: v.mailFrom,
    description: 'The sender of mails: an address, alone or as `Name <address>`.',
  },
  mailTemplates: {
    name: 'LATCHKEY_MAIL_TEMPLATES',
    parse: v.path,
    description: 'A folder with templates of mails that take the place of the built-in ones.',
  },
  passwordMinLength: {
    name: 'LATCHKEY_PASSWORD_MIN_LENGTH',
    fallback: '15',
    unit: 'characters',
    parse: v.integer(1, 64),
    description:
      'The least characters of a new password. Less than 15 is warned about, less than 8 needs LATCHKEY_UNSAFE.',
  },
  unsafe: {
    name: 'LATCHKEY_UNSAFE',
    fallback: 'false',
    parse: v.flag,
    description: 'Allows what no real installation may have; for tests.',
  },
  hideAccounts: {
    name: 'LATCHKEY_HIDE_ACCOUNTS',
    fallback: 'false',
    parse: v.flag,
    description: 'Whether answers hide which accounts exist.',
  },
  cookie: {
    name: 'LATCHKEY_COOKIE',
    fallback: 'x-session-id',
    parse: v.cookieName,
    description: 'The name of the session cookie; on https it gets the prefix __Host-.',
  },
  cookieEnabled: {
    name: 'LATCHKEY_COOKIE_ENABLED',
    fallback: 'true',
    parse: v.flag,
    description:
      'Whether the session cookie is set and read. Off, only the header x-session-id proves a session; the auth interface needs the cookie.',
  },
  cookieSameSite: {
    name: 'LATCHKEY_COOKIE_SAME_SITE',
    fallback: 'lax',
    parse: v.oneOf('lax', 'strict'),
    description: 'The SameSite attribute of the session cookie.',
  },
  cookieMaxAge: {
    name: 'LATCHKEY_MAX_COOKIE_AGE',
    defaultText: 'LATCHKEY_SESSION_ABSOLUTE',
    unit: 'duration',
    parse: v.duration({ min: '1s', max: '400d' }),
    description:
      'How long a browser keeps the session cookie. The server enforces its own limits whatever a browser keeps.',
  },
  sessionIdle: {
    name: 'LATCHKEY_SESSION_IDLE',
    fallback: '24h',
    unit: 'duration',
    parse: v.duration({ min: '1s', max: '3650d' }),
    description: 'A session that is not used for so long ends.',
  },
  sessionAbsolute: {
    name: 'LATCHKEY_SESSION_ABSOLUTE',
    fallback: '30d',
    unit: 'duration',
    parse: v.duration({ min: '1s', max: '3650d' }),
    description: 'A session ends after so long, used or not.',
  },
  tokenTtl: {
    name: 'LATCHKEY_TOKEN_TTL',
    fallback: '300s',
    unit: 'duration',
    parse: v.duration({ min: '1s', max: '1h' }),
    description: 'How long a token lives; never past the end of its session.',
  },
  signingAlgorithm: {
    name: 'LATCHKEY_SIGNING_ALGORITHM',
    fallback: 'ES256',
    parse: v.oneOf('ES256', 'Ed25519'),
    description: 'The algorithm of signing keys that are made from now on.',
  },
  keyRotation: {
    name: 'LATCHKEY_KEY_ROTATION',
    fallback: '90d',
    unit: 'duration',
    parse: v.duration({ min: '1m', max: '3650d', offAtZero: true }),
    description: 'How long a signing key is used before the next one takes over; 0 is never.',
  },
  trustedProxies: {
    name: 'LATCHKEY_TRUSTED_PROXIES',
    fallback: '',
    parse: v.listOf(v.network),
    description:
      'Addresses and networks of reverse proxies whose X-Forwarded-* headers are believed, separated by commas.',
  },
  allowedOrigins: {
    name: 'LATCHKEY_ALLOWED_ORIGINS',
    fallback: '',
    parse: v.listOf(v.origin),
    description: 'Origins of other web pages that may call this server with cookies, separated by commas.',
  },
  logLevel: {
    name: 'LATCHKEY_LOG_LEVEL',
    fallback: 'info',
    parse: v.oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    description: 'The least level that is logged.',
  },
  metricsPort: {
    name: 'LATCHKEY_METRICS_PORT',
    parse: v.integer(0, 65_535),
    description: 'The port for Prometheus metrics; 0 takes any free one. Without it there are none.',
  },
  hashThreads: {
    name: 'LATCHKEY_HASH_THREADS',
    defaultText: 'one for each processor',
    unit: 'threads',
    parse: v.integer(1, 256),
    description: 'How many threads hash passwords. Each takes 19 MiB while it works.',
  },
} satisfies Record<string, Setting<unknown>>;

type Table = typeof table;

/** The settings that were given or have a default of their own. */
export type Values = { readonly [K in keyof Table]?: ReturnType<Table[K]['parse']> };
type Optional = 'masterKey' | 'redisUrl' | 'smtpUrl' | 'mailFrom' | 'mailTemplates' | 'metricsPort';

/**
 * What the server runs by. Durations are milliseconds, paths absolute; `settings` says what each means. `warnings`
 * are sentences to tell at the start.
 */
export type Config = Required<Omit<Values, Optional>> &
  Pick<Values, Optional> & { readonly warnings: readonly string[] };

/** One row of the docs' table of settings. */
export interface SettingInfo<Key extends string = keyof Table> {
  readonly key: Key;
  readonly name: string;
  readonly description: string;
  /** What it is when it is not set; absent when it then is nothing. */
  readonly defaultText?: string;
  readonly unit?: 'duration' | 'characters' | 'threads';
  readonly secret: boolean;
}

/** The rows of a table of settings, in its order. */
export function rowsOf<Key extends string>(
  declared: Readonly<Record<Key, Setting<unknown>>>,
): readonly SettingInfo<Key>[] {
  return Object.entries<Setting<unknown>>(declared).map(([key, setting]) => {
    const { name, description, fallback, defaultText = fallback, unit, secret = false } = setting;
    const row = { key: key as Key, name, description, secret };
    return { ...row, ...(defaultText && { defaultText }), ...(unit && { unit }) };
  });
}

/** All settings, in the order of the docs. */
export const settings: readonly SettingInfo[] = rowsOf(table);
