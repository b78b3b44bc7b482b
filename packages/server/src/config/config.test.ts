import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeAuthority } from '../../test/support/certificates.ts';
import { ConfigError, configVariables, loadConfig, withPort } from './config.ts';

const cwd = mkdtempSync(join(tmpdir(), 'latchkey-config-'));
const load = (env: Record<string, string>) => loadConfig(env, { cwd });

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    load(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

test('an empty environment gives the defaults of the contract', () => {
  const { hashThreads, ...config } = load({ PATH: '/bin' });
  assert.ok(hashThreads >= 1);
  assert.deepEqual(config, {
    port: 8080,
    host: 'localhost',
    publicUrl: 'http://localhost:8080',
    audience: ['http://localhost:8080'],
    dataDir: join(cwd, 'data'),
    databaseUrl: `sqlite:${join(cwd, 'data/latchkey.db')}`,
    passwordMinLength: 15,
    unsafe: false,
    hideAccounts: false,
    verifyByCodeAlone: false,
    cookie: 'x-session-id',
    cookieEnabled: true,
    cookieSameSite: 'lax',
    cookieMaxAge: 30 * 86_400_000,
    sessionIdle: 86_400_000,
    sessionAbsolute: 30 * 86_400_000,
    sessionRetention: 90 * 86_400_000,
    mailRetention: 30 * 86_400_000,
    importRetention: Number.POSITIVE_INFINITY,
    tokenTtl: 300_000,
    signingAlgorithm: 'ES256',
    keyRotation: 90 * 86_400_000,
    trustedProxies: [],
    allowedOrigins: [],
    drain: 5000,
    feedStreams: 200,
    redisStreamLength: 100_000,
    redisBacklog: 1_000_000,
    logLevel: 'info',
    warnings: [],
    ignored: [],
  });
});

test('defaults that follow from other variables', () => {
  assert.equal(load({ PORT: '9000' }).publicUrl, 'http://localhost:9000');
  assert.deepEqual(load({ LATCHKEY_PUBLIC_URL: 'https://Auth.Example.com:443/id/' }).audience, [
    'https://auth.example.com/id',
  ]);
  assert.deepEqual(load({ LATCHKEY_AUDIENCE: 'a, b,a,' }).audience, ['a', 'b']);
  assert.equal(load({ LATCHKEY_DATA_DIR: '/var/lk' }).databaseUrl, 'sqlite:/var/lk/latchkey.db');
  assert.equal(load({ LATCHKEY_DATABASE_URL: 'sqlite:x.db' }).databaseUrl, `sqlite:${join(cwd, 'x.db')}`);
  assert.equal(load({ LATCHKEY_DATABASE_URL: 'postgres://u:p@h/d' }).databaseUrl, 'postgres://u:p@h/d');
  assert.equal(load({ LATCHKEY_SESSION_ABSOLUTE: '500d' }).cookieMaxAge, 400 * 86_400_000);
});

test('the port that port 0 took shows in the public URL and audience that were not set', () => {
  const config = withPort(load({ PORT: '0' }), 41234);
  assert.equal(config.publicUrl, 'http://localhost:41234');
  assert.deepEqual(config.audience, ['http://localhost:41234']);
  assert.equal(
    withPort(load({ PORT: '0', LATCHKEY_PUBLIC_URL: 'https://a.example' }), 1).publicUrl,
    'https://a.example',
  );
});

test('durations are milliseconds, of seconds or of a number with a unit', () => {
  const idle = (text: string) => load({ LATCHKEY_SESSION_IDLE: text }).sessionIdle;
  assert.deepEqual(
    ['90', '1500ms', '30s', '30m', '24h', '2d'].map(idle),
    [90_000, 1500, 30_000, 1_800_000, 86_400_000, 172_800_000],
  );
  assert.equal(load({ LATCHKEY_KEY_ROTATION: '0' }).keyRotation, 0);
});

test('a value can come from a file, and not from both', () => {
  const key = '00112233445566778899aabbccddeeff'.repeat(2);
  for (const text of [
    key,
    `${key}\n`,
    `${key}\r\n`,
    `\uFEFF${key}\r\n`,
    `"${key}"\n`,
    `${'ab'.repeat(16)}\n${'ab'.repeat(16)}\n`,
  ]) {
    writeFileSync(join(cwd, 'mk'), text);
    assert.equal(
      load({ LATCHKEY_MASTER_KEY_FILE: 'mk' }).masterKey?.symmetricKeySize,
      32,
      JSON.stringify(text),
    );
  }
  writeFileSync(join(cwd, 'mk'), key);
  assert.deepEqual(problemsOf({ LATCHKEY_COOKIE: 'a', LATCHKEY_COOKIE_FILE: 'mk' }), [
    'LATCHKEY_COOKIE and LATCHKEY_COOKIE_FILE are both set: leave one out.',
  ]);
  assert.equal(load({ LATCHKEY_COOKIE: '', LATCHKEY_COOKIE_FILE: 'mk' }).cookie, key);
  assert.equal(load({ LATCHKEY_COOKIE: 'a', LATCHKEY_COOKIE_FILE: ' ' }).cookie, 'a');
});

test('a file through links, as Kubernetes projects a secret, is read', () => {
  mkdirSync(join(cwd, '..2026'));
  writeFileSync(join(cwd, '..2026/redis'), 'redis://cache\n');
  symlinkSync('..2026', join(cwd, '..data'));
  symlinkSync('..data/redis', join(cwd, 'redis'));
  assert.equal(load({ LATCHKEY_REDIS_URL_FILE: 'redis' }).redisUrl, 'redis://cache');
});

test('a file that cannot be used is told in words, without its path', () => {
  writeFileSync(join(cwd, 'empty'), ' \r\n');
  writeFileSync(join(cwd, 'marked'), Buffer.from('\uFEFFredis://cache', 'utf16le'));
  writeFileSync(join(cwd, 'unmarked'), Buffer.from('redis://cache', 'utf16le'));
  writeFileSync(join(cwd, 'latin'), Buffer.from('redis://caché', 'latin1'));
  for (const [file, reason] of [
    ['none', 'it does not exist (ENOENT)'],
    ['.', 'it is a folder (EISDIR)'],
    ['empty', 'it is empty'],
    ['marked', 'it is UTF-16: save it as UTF-8'],
    ['unmarked', 'it is UTF-16: save it as UTF-8'],
    ['latin', 'it is not UTF-8'],
  ] as const) {
    assert.deepEqual(problemsOf({ LATCHKEY_REDIS_URL_FILE: file }), [
      `LATCHKEY_REDIS_URL cannot be read from the file that LATCHKEY_REDIS_URL_FILE names: ${reason}.`,
    ]);
  }
});

test('an unknown name is refused with the nearest known one, except for the test runner', () => {
  assert.deepEqual(problemsOf({ LATCHKEY_TOKEN_TLL: '5', LATCHKEY_TEST_X: '1' }), [
    'LATCHKEY_TOKEN_TLL is unknown. Did you mean LATCHKEY_TOKEN_TTL?',
  ]);
  assert.deepEqual(problemsOf({ LATCHKEY_PORT: '8080', LATCHKEY_HOST: '::' }), [
    'LATCHKEY_PORT is unknown. Did you mean PORT?',
    'LATCHKEY_HOST is unknown. Did you mean HOST?',
  ]);
});

test('malformed values are refused, all at once', () => {
  const malformed: Record<string, string[]> = {
    PORT: ['x', '65536', '-1', '80.5', '8 0', 'tcp://10.0.0.1:80'],
    LATCHKEY_PUBLIC_URL: ['localhost', 'ftp://a', 'https://a?b', 'https://a#', 'https://u:p@a'],
    LATCHKEY_AUDIENCE: [' , ', 'a b'],
    LATCHKEY_DATABASE_URL: ['mysql://x', 'sqlite:', 'sqlite::memory:', './x.db'],
    LATCHKEY_MASTER_KEY: [
      'short',
      'ab'.repeat(31),
      `${'A'.repeat(60)}*`,
      '00'.repeat(32),
      'A'.repeat(43),
      'ff'.repeat(32),
    ],
    LATCHKEY_PASSWORD_MIN_LENGTH: ['0', '65', '7', 'ten'],
    LATCHKEY_HIDE_ACCOUNTS: ['yes', 'TRUE'],
    LATCHKEY_COOKIE: ['a b', 'a=b', 'a;', '__Host-x', 'é'],
    LATCHKEY_COOKIE_SAME_SITE: ['none', 'Lax'],
    LATCHKEY_MAX_COOKIE_AGE: ['401d', '0'],
    LATCHKEY_SESSION_IDLE: ['0', '-1', '1w', '1.5h', '1e3', 'h'],
    LATCHKEY_TOKEN_TTL: ['2h', '10ms'],
    LATCHKEY_SIGNING_ALGORITHM: ['HS256', 'none', 'EdDSA'],
    LATCHKEY_KEY_ROTATION: ['30s'],
    LATCHKEY_TRUSTED_PROXIES: ['localhost', '10.0.0.0/33', '::1/129', '1.2.3.4/8/8', '1.2.3.4/'],
    LATCHKEY_ALLOWED_ORIGINS: [
      '*',
      'null',
      'https://a/',
      'https://a/b',
      'HTTPS://a',
      'https://*.a.example',
      'https://a:443',
      'file://',
      'capacitor://localhost/',
      'a.example',
      'chrome://x',
    ],
    LATCHKEY_LOG_LEVEL: ['verbose'],
    LATCHKEY_METRICS_PORT: ['x', '8080'],
    LATCHKEY_HASH_THREADS: ['0'],
    LATCHKEY_MAIL_FROM: ['nobody', 'a@b\r\nBcc: c@d'],
    LATCHKEY_SMTP_URL: ['http://x'],
  };
  for (const [name, values] of Object.entries(malformed)) {
    for (const value of values) {
      const problems = problemsOf({ [name]: value });
      assert.equal(problems.length, 1, `${name}=${value}`);
      assert.ok(problems[0]!.startsWith(`${name} `) && problems[0]!.endsWith('.'), value);
    }
  }
  const all: Record<string, string> = Object.fromEntries(
    Object.entries(malformed).map(([name, values]) => [name, values[0]!] as const),
  );
  assert.equal(problemsOf({ ...all, LATCHKEY_X: 'x' }).length, Object.keys(malformed).length + 1);
});

test("no problem tells a secret's value", () => {
  for (const { name } of configVariables.filter(({ secret }) => secret)) {
    const problems = problemsOf({ [name]: 'hunter2 hunter2' });
    assert.equal(problems.length, 1, name);
    assert.ok(!problems[0]!.includes('hunter2'));
  }
});

test('what weakens the installation is warned about', () => {
  const warnings = (env: Record<string, string>) => load(env).warnings.length;
  assert.equal(warnings({ LATCHKEY_PASSWORD_MIN_LENGTH: '8' }), 1);
  assert.equal(warnings({ LATCHKEY_PASSWORD_MIN_LENGTH: '1', LATCHKEY_UNSAFE: 'true' }), 2);
  assert.equal(warnings({ LATCHKEY_PUBLIC_URL: 'http://auth.example.com' }), 1);
  assert.equal(warnings({ LATCHKEY_TRUSTED_PROXIES: '0.0.0.0/0' }), 1);
  assert.equal(warnings({ LATCHKEY_SESSION_IDLE: '31d' }), 1);
  for (const local of ['http://localhost', 'http://127.0.0.1:1', 'http://[::1]:1', 'https://a.example']) {
    assert.equal(warnings({ LATCHKEY_PUBLIC_URL: local }), 0, local);
  }
});

test('every variable has a sentence', () => {
  for (const { name, description } of configVariables) assert.match(description, /^[A-Z].*\.$/, name);
});

test('certificates are read in PEM, also with line ends as they stand in files for variables', () => {
  const { cert } = makeAuthority();
  const two = `# ours\n${cert}# theirs\n${cert}`;
  const { smtpCa, redisCa } = load({
    LATCHKEY_SMTP_CA: cert.replaceAll('\n', '\\n'),
    LATCHKEY_REDIS_CA: two,
  });
  assert.equal(smtpCa, cert.trim());
  assert.equal(redisCa, `${cert.trim()}\n${cert.trim()}`);
  const broken = cert.replace(/[^-\n]{20}\n-----END/, '\n-----END');
  for (const text of ['/etc/ssl/ca.pem', broken, cert.replaceAll('CERTIFICATE', 'PRIVATE KEY')]) {
    assert.match(
      problemsOf({ LATCHKEY_SMTP_CA: text }).join(),
      /^LATCHKEY_SMTP_CA (?:must be|has a) certificate/,
    );
  }
});

test('a mail server that is not checked is warned about', () => {
  const url = 'smtp://mail.example.com?tls.rejectUnauthorized=';
  assert.match(load({ LATCHKEY_SMTP_URL: `${url}false` }).warnings.join(), /Set LATCHKEY_SMTP_CA instead/);
  assert.deepEqual(load({ LATCHKEY_SMTP_URL: `${url}true` }).warnings, []);
  assert.match(
    load({ LATCHKEY_SMTP_URL: 'smtp://u:p@mail.example.com?requireTLS=false&logger=true' }).warnings.join(),
    /no effect: requireTLS, logger\. Credentials/,
  );
});

test('a master key that is not random is refused on https, and warned of elsewhere', () => {
  const LATCHKEY_MASTER_KEY = '0123456789abcdef'.repeat(4);
  const sentence = 'LATCHKEY_MASTER_KEY must be random, as `openssl rand -base64 32` makes it.';
  assert.deepEqual(problemsOf({ LATCHKEY_MASTER_KEY, LATCHKEY_PUBLIC_URL: 'https://id.example.com' }), [
    sentence,
  ]);
  assert.ok(load({ LATCHKEY_MASTER_KEY }).warnings.includes(sentence));
});
