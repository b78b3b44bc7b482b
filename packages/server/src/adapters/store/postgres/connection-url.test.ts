import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConnectionUrl, placeOf } from './connection-url.ts';

const secret = 'hunter2';

test('a URL is read as libpq reads it', () => {
  const plain = { host: 'db.example.com', database: 'latchkey', user: 'ada' };
  for (const [url, expected] of [
    ['postgres://ada:s3@db.example.com/latchkey', { ...plain, password: 's3' }],
    ['postgresql://ada@db.example.com:6543/latchkey', { ...plain, port: 6543 }],
    ['postgres://ada:p%40ss%2Fw@db.example.com/latchkey', { ...plain, password: 'p@ss/w' }],
    ['postgres://ada:p#a?s@s%w:d@db.example.com/latchkey', { ...plain, password: 'p#a?s@s%w:d' }],
    ['postgres://ada:%C3%A4@db.example.com/latchkey', { ...plain, password: 'ä' }],
    ['postgres:///latchkey?host=/var/run/postgresql', { database: 'latchkey', host: '/var/run/postgresql' }],
    ['postgres://ada@/latchkey?host=/run/pg', { database: 'latchkey', host: '/run/pg', user: 'ada' }],
    ['postgres://%2Fvar%2Frun%2Fpg/latchkey', { database: 'latchkey', host: '/var/run/pg' }],
    ['postgres://[::1]:5433/latchkey', { host: '::1', port: 5433, database: 'latchkey' }],
    ['postgres://db.example.com/latchkey?user=ada&password=s3', { ...plain, password: 's3' }],
    ['postgres://', {}],
  ] as const) {
    const { tls, ...read } = parseConnectionUrl(url);
    assert.deepEqual(read, expected, url);
    assert.deepEqual(tls.attempts, [false], url);
  }
});

test('the URLs that hosters print are read', () => {
  const unchecked = { rejectUnauthorized: false };
  for (const [query, expected] of [
    ['sslmode=require', {}],
    ['sslmode=require&channel_binding=require', {}],
    ['sslmode=require&options=endpoint%3Dep-cool-1', { options: 'endpoint=ep-cool-1' }],
    ['sslmode=no-verify', {}],
    ['ssl=no-verify', {}],
    ['uselibpqcompat=true&sslmode=require', {}],
    [
      'pgbouncer=true&connection_limit=3&pool_timeout=0&connect_timeout=15&sslmode=require&schema=app',
      { maxConnections: 3, schema: 'app' },
    ],
    ['sslmode=require&target_session_attrs=read-write&application_name=x', { applicationName: 'x' }],
  ] as const) {
    const { tls, host, user, password, database, ...read } = parseConnectionUrl(
      `postgres://u:${secret}@ep.example.com/d?${query}`,
    );
    assert.deepEqual(read, expected, query);
    assert.deepEqual(tls.attempts, [unchecked], query);
  }
});

test('each sslmode is what it is for libpq, and the stricter one where that is open', () => {
  const attempts = (query: string) => parseConnectionUrl(`postgres://h/d?${query}`).tls.attempts;
  const unchecked = { rejectUnauthorized: false };
  assert.deepEqual(attempts('sslmode=disable'), [false]);
  assert.deepEqual(attempts('sslmode=allow'), [false, unchecked]);
  assert.deepEqual(attempts('sslmode=prefer'), [unchecked, false]);
  for (const full of [
    'sslmode=verify-full',
    'ssl=true',
    'sslmode=verify-ca',
    'sslmode=require&sslaccept=strict',
    'sslaccept=strict',
    'ssl=verify-full',
    'sslmode=&ssl=true',
  ])
    assert.deepEqual(attempts(full), [{}], full);
  assert.deepEqual(attempts('ssl=require'), [unchecked]);
  assert.deepEqual(attempts('ssl=false'), [false]);
  const [system] = attempts('sslmode=verify-ca&sslrootcert=system');
  assert.deepEqual(Object.keys(system as object), ['ca']);
});

test('what the URL says of TLS goes before PGSSLMODE', (t) => {
  const before = process.env.PGSSLMODE;
  t.after(() => {
    if (before === undefined) delete process.env.PGSSLMODE;
    else process.env.PGSSLMODE = before;
  });
  const attempts = (query: string) => parseConnectionUrl(`postgres://h/d?${query}`).tls.attempts;
  process.env.PGSSLMODE = 'disable';
  assert.deepEqual(attempts('ssl=true'), [{}]);
  process.env.PGSSLMODE = 'verify-full';
  assert.deepEqual(attempts(''), [{}]);
  assert.deepEqual(attempts('sslmode='), [{}]);
  assert.deepEqual(attempts('sslmode=disable'), [false]);
});

test('what cannot be kept is refused in a sentence that shows no part of the URL', () => {
  for (const [url, reason] of [
    [`postgres://u:${secret}/x@h/d`, /special character .* write \/ as %2F/],
    [`postgres://u:12/${secret}@h/d`, /special character/],
    [`postgres://u:${secret}%ff@h/d`, /not UTF-8/],
    [`postgres://u:${secret}@h1,h2/d`, /several hosts/],
    [`postgres://u:${secret}@h1:1,h2:2/d`, /several hosts/],
    [`postgres://u:${secret}@h:port/d`, /port that is not a number/],
    [`postgres://u:${secret}@h:65536/d`, /port that is not a number/],
    [`postgres://u:${secret}@h/d?sslmode=${secret}`, /sslmode must be one of disable, allow/],
    [`postgres://u:${secret}@h/d?sslmod=require`, /sslmod is not known/],
    [`postgres://u:${secret}@h/d?sslmode=verify-ca&sslrootcert=/no/where.pem`, /cannot be read \(ENOENT\)/],
    // A wish for protection that is not understood is never a connection without it.
    [`postgres://u:${secret}@h/d?ssl=${secret}`, /ssl must be one of disable, allow/],
    [`postgres://u:${secret}@h/d?SSLMODE=require`, /SSLMODE is not known/],
    [`postgres://u:${secret}@h/d?Ssl=true`, /Ssl is not known/],
    [`postgres://u:${secret}@h/d?requiressl=1`, /requiressl is not known/],
    [`postgres://u:${secret}@h/d?tls=true`, /tls is not known/],
    [`postgres://u:${secret}@h/d?require_auth=scram-sha-256`, /require_auth is not known/],
    [`postgres://u:${secret}@h/d?gssencmode=require`, /gssencmode=require cannot be kept/],
    [`postgres://u:${secret}@h/d?sslcertmode=require`, /sslcertmode=require cannot be kept/],
    [`postgres://u:${secret}@h/d?sslnegotiation=now`, /sslnegotiation must be/],
    [`postgres://u:${secret}@h/d?channel_binding=require`, /needs sslmode=require/],
    [`postgres://u:${secret}@h/d?target_session_attrs=standby`, /primary/],
    [`postgres://u:${secret}@h/d?connection_limit=x`, /connection_limit/],
  ] as const) {
    assert.throws(
      () => parseConnectionUrl(url),
      (error: Error) => {
        assert.equal(error.name, 'StoreError');
        assert.match(error.message, reason);
        assert.ok(!error.message.includes(secret), error.message);
        return true;
      },
    );
  }
});

test('a place has no user, password or parameters', () => {
  assert.equal(
    placeOf(parseConnectionUrl(`postgres://u:${secret}@h/d?sslmode=require`)),
    'postgres://h:5432/d',
  );
});
