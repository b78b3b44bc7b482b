import { retention } from './retention.ts';
import * as v from './values.ts';
import { type ConfigVariable, type ConfigVariableInfo, describeVariables } from './variable.ts';

/** Every variable of the server: name, default, how it is read, and the sentence that the docs show. */
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
      'The address to listen on. `localhost` is 127.0.0.1 and ::1, only this machine; `0.0.0.0` or `::` is every address, as in a container.',
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
    description: 'The audience of tokens: one or more names, separated by commas.',
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
  databaseListenUrl: {
    name: 'LATCHKEY_DATABASE_LISTEN_URL',
    secret: true,
    parse: v.postgresUrl,
    description:
      'Leads to PostgreSQL itself where LATCHKEY_DATABASE_URL leads to a pooler such as PgBouncer: one connection of each process waits there for news of the others. Without it they are looked for five times a second.',
  },
  masterKey: {
    name: 'LATCHKEY_MASTER_KEY',
    secret: true,
    parse: v.masterKey,
    description:
      'At least 32 random bytes in base64url, base64 or hexadecimal. With it, the keys are kept encrypted in the database instead of the data folder, so that several instances share them.',
  },
  redisUrl: {
    name: 'LATCHKEY_REDIS_URL',
    secret: true,
    parse: v.url('redis', 'rediss'),
    description: 'A Redis that gets an event for every ended session, on the stream `logout`.',
  },
  redisStreamLength: {
    name: 'LATCHKEY_REDIS_STREAM_LENGTH',
    fallback: '100000',
    parse: v.integer(1, 100_000_000),
    description: 'About how many events the stream `logout` keeps for readers that were away.',
  },
  redisBacklog: {
    name: 'LATCHKEY_REDIS_BACKLOG',
    fallback: '1000000',
    parse: v.integer(0, 1_000_000_000),
    description:
      'How many entries of the log Redis may be behind. Beyond it the oldest events are dropped, and counted in the log, in the metrics and by `latchkey doctor`.',
  },
  redisCa: {
    name: 'LATCHKEY_REDIS_CA',
    unit: 'certificates',
    parse: v.certificates,
    description:
      'Certificates (PEM) of the authorities that a `rediss://` server is checked by, instead of the public ones.',
  },
  smtpUrl: {
    name: 'LATCHKEY_SMTP_URL',
    secret: true,
    parse: v.url('smtp', 'smtps'),
    description: 'The mail server. Without one, mails are kept, not sent.',
  },
  smtpCa: {
    name: 'LATCHKEY_SMTP_CA',
    unit: 'certificates',
    parse: v.certificates,
    description:
      'Certificates (PEM) of the authorities that the mail server is checked by, instead of the public ones. Without them, a mail server on this machine is not checked.',
  },
  mailFrom: {
    name: 'LATCHKEY_MAIL_FROM',
    defaultText: 'Latchkey <no-reply@ the host of LATCHKEY_PUBLIC_URL>',
    parse: v.mailFrom,
    description: 'The sender of mails: an address, or `Name <address>`.',
  },
  mailTemplates: {
    name: 'LATCHKEY_MAIL_TEMPLATES',
    parse: v.path,
    description: 'A folder with mail templates that replace the built-in ones.',
  },
  passwordMinLength: {
    name: 'LATCHKEY_PASSWORD_MIN_LENGTH',
    fallback: '15',
    unit: 'characters',
    parse: v.integer(1, 64),
    description:
      'The minimum length of a new password. Less than 15 gets a warning; less than 8 needs LATCHKEY_UNSAFE.',
  },
  unsafe: {
    name: 'LATCHKEY_UNSAFE',
    fallback: 'false',
    parse: v.flag,
    description: 'Allows values that are only safe in tests.',
  },
  hideAccounts: {
    name: 'LATCHKEY_HIDE_ACCOUNTS',
    fallback: 'false',
    parse: v.flag,
    description: 'Whether answers hide which accounts exist.',
  },
  verifyByCodeAlone: {
    name: 'LATCHKEY_VERIFY_BY_CODE_ALONE',
    fallback: 'false',
    parse: v.flag,
    description:
      "Whether the mailed code alone verifies an address, for clients that can send neither session nor password with it. Whoever signed up with a stranger's address then keeps the account when the stranger confirms.",
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
      'Whether the session cookie is set and read. Without it, only the header x-session-id proves a session. The auth interface needs the cookie.',
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
      'How long a browser keeps the session cookie. The server enforces its own limits in any case.',
  },
  sessionIdle: {
    name: 'LATCHKEY_SESSION_IDLE',
    fallback: '24h',
    unit: 'duration',
    parse: v.duration({ min: '1s', max: '3650d' }),
    description: 'How long an unused session lives.',
  },
  sessionAbsolute: {
    name: 'LATCHKEY_SESSION_ABSOLUTE',
    fallback: '30d',
    unit: 'duration',
    parse: v.duration({ min: '1s', max: '3650d' }),
    description: 'How long a session lives at most, used or not.',
  },
  ...retention,
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
    description: 'The algorithm of new signing keys.',
  },
  keyRotation: {
    name: 'LATCHKEY_KEY_ROTATION',
    fallback: '90d',
    unit: 'duration',
    parse: v.duration({ min: '1m', max: '3650d', offAtZero: true }),
    description: 'How long a signing key signs before the next one takes over; 0 turns rotation off.',
  },
  trustedProxies: {
    name: 'LATCHKEY_TRUSTED_PROXIES',
    fallback: '',
    parse: v.listOf(v.network),
    description:
      'Addresses and networks of trusted reverse proxies, separated by commas. Only their X-Forwarded-For is believed.',
  },
  allowedOrigins: {
    name: 'LATCHKEY_ALLOWED_ORIGINS',
    fallback: '',
    parse: v.listOf(v.origin),
    description:
      'Origins of other sites, and of applications, whose pages may call this server with credentials: exactly as browsers send them, separated by commas, as in `https://app.example.com,capacitor://localhost`.',
  },
  drain: {
    name: 'LATCHKEY_DRAIN',
    fallback: '5s',
    unit: 'duration',
    parse: v.duration({ min: '1s', max: '10m', offAtZero: true }),
    description:
      'How long the server goes on serving after SIGTERM, when it is no longer ready, so that load balancers notice and send nothing more; 0 stops at once. Under npm, as with `npm start`, it counts only where it is set.',
  },
  maxConnections: {
    name: 'LATCHKEY_MAX_CONNECTIONS',
    defaultText: 'what the limit of open files leaves room for, 10000 at most',
    parse: v.integer(16, 1_000_000),
    description:
      'How many connections the process may have at once. A tenth of them is kept for health probes and verifiers.',
  },
  feedStreams: {
    name: 'LATCHKEY_FEED_STREAMS',
    fallback: '200',
    parse: v.integer(1, 100_000),
    description:
      'How many verifiers with the same service key may follow the revocation log at this process at once.',
  },
  logLevel: {
    name: 'LATCHKEY_LOG_LEVEL',
    fallback: 'info',
    parse: v.oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
    description: 'The lowest level that is logged.',
  },
  metricsPort: {
    name: 'LATCHKEY_METRICS_PORT',
    parse: v.integer(0, 65_535),
    description: 'The port for Prometheus metrics; 0 takes any free one. Without it, there are no metrics.',
  },
  hashThreads: {
    name: 'LATCHKEY_HASH_THREADS',
    defaultText: 'one for each processor',
    unit: 'threads',
    parse: v.integer(1, 256),
    description: 'How many threads hash passwords. Each uses 19 MiB while it hashes.',
  },
} satisfies Record<string, ConfigVariable<unknown>>;

type Table = typeof table;

/** The values that are set or have a default of their own. */
export type Values = { readonly [K in keyof Table]?: ReturnType<Table[K]['parse']> };
/** All variables of the server, in the order of the docs. */
export const configVariables: readonly ConfigVariableInfo<keyof Table>[] = describeVariables(table);
