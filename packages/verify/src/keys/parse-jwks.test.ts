import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { newKey } from '../../test/mint.ts';
import { isSameSet, parseJwks } from './parse-jwks.ts';

const es = newKey('es');
const ed = newKey('ed', 'Ed25519');
const set = (...keys: unknown[]) => JSON.stringify({ keys });

test('accepts P-256 and Ed25519 keys, each for its one algorithm', () => {
  const { keys, ignored } = parseJwks(set(es.jwk, ed.jwk));
  assert.deepEqual(ignored, []);
  assert.equal(keys.get('es')?.alg, 'ES256');
  assert.equal(keys.get('ed')?.alg, 'Ed25519');
  assert.ok(keys.get('es')?.key.equals(es.publicKey));
});

const secretEc = { ...es.privateKey.export({ format: 'jwk' }), kid: 'x', alg: 'ES256' };
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' });
const x25519 = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
const unusable: Record<string, unknown> = {
  'a private key': secretEc,
  'an RSA key': { ...rsa, kid: 'x' },
  'a P-384 key': { ...p384, kid: 'x' },
  'an X25519 key': { ...x25519, kid: 'x' },
  'a symmetric key': { kty: 'oct', k: 'AAAA', kid: 'x', alg: 'HS256' },
  'a key without kid': { ...es.jwk, kid: undefined },
  'a malformed kid': { ...es.jwk, kid: '../x' },
  'another algorithm': { ...es.jwk, kid: 'x', alg: 'HS256' },
  'the polymorphic EdDSA': { ...ed.jwk, kid: 'x', alg: 'EdDSA' },
  'a key for encryption': { ...es.jwk, kid: 'x', use: 'enc' },
  'other operations': { ...es.jwk, kid: 'x', key_ops: ['sign'] },
  'a point that is not on the curve': { ...es.jwk, kid: 'x', x: es.jwk.y },
  'a zero Ed25519 key': { ...ed.jwk, kid: 'x', x: 'A'.repeat(43) },
  'padded coordinates': { ...es.jwk, kid: 'x', x: `${es.jwk.x}=` },
  'no object': 'x',
};

for (const [name, jwk] of Object.entries(unusable)) {
  test(`leaves out ${name}, and keeps the rest`, () => {
    const { keys, ignored } = parseJwks(set(jwk, es.jwk));
    assert.deepEqual([...keys.keys()], ['es']);
    assert.equal(ignored.length, 1);
  });
}

test('refuses two keys with one kid, also when one of them is unusable', () => {
  assert.throws(() => parseJwks(set(es.jwk, { ...newKey('es').jwk })), SyntaxError);
  assert.throws(() => parseJwks(set(es.jwk, { kty: 'RSA', kid: 'es' })), SyntaxError);
});

test('refuses what is not a set, and a set without a usable key', () => {
  for (const text of ['', '[]', '{}', '<html>', '{"keys":{}}', set(), set(secretEc), `${set(es.jwk)}x`]) {
    assert.throws(() => parseJwks(text), SyntaxError, text);
  }
});

test('knows whether two sets hold the same keys', () => {
  const { keys } = parseJwks(set(es.jwk, ed.jwk));
  assert.ok(isSameSet(keys, parseJwks(set(ed.jwk, es.jwk)).keys));
  assert.ok(!isSameSet(keys, parseJwks(set(es.jwk)).keys));
  assert.ok(!isSameSet(keys, parseJwks(set(newKey('es').jwk, ed.jwk)).keys));
});
