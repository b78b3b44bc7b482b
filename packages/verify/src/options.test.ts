import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVerifier } from './create-verifier.ts';
import { resolveOptions, type VerifierOptions } from './options.ts';

const good: VerifierOptions = { issuer: 'https://auth.example.com', serviceKey: 'key' };

const badOptions: Record<string, unknown>[] = [
  { issuer: undefined },
  { issuer: '' },
  { issuer: 'auth.example.com' },
  { issuer: 'ftp://auth.example.com' },
  { issuer: 'https://auth.example.com/?a' },
  { issuer: 'https://auth.example.com/#a' },
  { issuer: 'https://me:you@auth.example.com/' },
  { issuer: new URL('https://auth.example.com') },
  { connectTo: '' },
  { connectTo: 'latchkey:8080' },
  { connectTo: 'http://latchkey:8080/?a' },
  { connectTo: 'http://me:you@latchkey' },
  { connectTo: null },
  { audience: '' },
  { audience: ['a'] },
  { serviceKey: undefined },
  { serviceKey: '' },
  { serviceKey: 'a\nb' },
  { serviceKey: 1 },
  { maxStaleness: 0 },
  { maxStaleness: '10' },
  { maxStaleness: Number.NaN },
  { maxStaleness: Number.POSITIVE_INFINITY },
  { onStale: 'allow' },
  { onStale: null },
  { fetch: 'fetch' },
  { clockSkew: -1 },
  { clockSkew: 301 },
  { cacheSize: -1 },
  { cacheSize: 1.5 },
  { onSessionEnd: {} },
  { logger: {} },
  { logger: null },
  { algorithm: 'none' },
];

for (const bad of badOptions) {
  test(`refuses ${Object.entries(bad).map(([name, value]) => `${name}: ${String(value)}`)}`, () => {
    assert.throws(() => createVerifier({ ...good, ...bad } as unknown as VerifierOptions), TypeError);
  });
}

test('refuses what is not an options object, and does not show the key', () => {
  for (const options of [undefined, null, 'x']) {
    assert.throws(() => createVerifier(options as unknown as VerifierOptions), TypeError);
  }
  assert.throws(
    () => createVerifier({ ...good, serviceKey: 'secret key' }),
    (error) => error instanceof TypeError && !error.message.includes('secret'),
  );
});

test('completes options', () => {
  const { issuer, audience, maxStaleness, onStale, clockSkew, cacheSize } = resolveOptions({
    ...good,
    issuer: 'https://example.com/auth',
  });
  assert.deepEqual(
    { issuer, audience, maxStaleness, onStale, clockSkew, cacheSize },
    {
      issuer: 'https://example.com/auth',
      audience: 'https://example.com/auth',
      maxStaleness: 10_000,
      onStale: 'introspect',
      clockSkew: 30,
      cacheSize: 10_000,
    },
  );
});

test('connects to the issuer, unless told to another address', () => {
  const { issuer, connectTo } = resolveOptions(good);
  assert.equal(connectTo, issuer);
  const inner = resolveOptions({ ...good, connectTo: 'http://Latchkey:8080/' });
  assert.deepEqual([inner.issuer, inner.audience], [issuer, issuer]);
  assert.equal(inner.connectTo, 'http://latchkey:8080');
});

test('accepts every spelling of the public URL that the server accepts', () => {
  for (const [spelling, issuer] of [
    ['https://auth.example.com/', 'https://auth.example.com'],
    ['https://Auth.Example.com:443', 'https://auth.example.com'],
    ['https://auth.example.com/id//', 'https://auth.example.com/id'],
    ['http://localhost:8080/', 'http://localhost:8080'],
  ] as const) {
    const resolved = resolveOptions({ ...good, issuer: spelling });
    assert.deepEqual([resolved.issuer, resolved.audience], [issuer, issuer]);
  }
  assert.equal(resolveOptions({ ...good, audience: 'https://a.example/' }).audience, 'https://a.example/');
});
