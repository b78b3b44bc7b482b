import { generateKeyPairSync } from 'node:crypto';
import { newKey } from '../test/mint.ts';

/** JWK sets: the `kids` that can be used, or none if the whole set must be refused. */
export function keyCases(): unknown[] {
  const es = newKey('es');
  const ed = newKey('ed', 'Ed25519');
  const set = (...keys: unknown[]) => JSON.stringify({ keys });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ format: 'jwk' });
  const x25519 = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
  const leftOut: Record<string, unknown> = {
    'a private key': { ...es.privateKey.export({ format: 'jwk' }), kid: 'x', alg: 'ES256' },
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
  const refused: Record<string, string> = {
    'two keys with one kid': set(es.jwk, newKey('es').jwk),
    'two keys with one kid, one unusable': set(es.jwk, { kty: 'RSA', kid: 'es' }),
    'a member twice': `{"keys":[],"keys":[${JSON.stringify(es.jwk)}]}`,
    'no key': set(),
    'no usable key': set(leftOut['a private key']),
    'nothing': '',
    'an array': '[]',
    'no keys': '{}',
    'keys that are no array': '{"keys":{}}',
    'a page': '<html>',
    'something behind it': `${set(es.jwk)}x`,
  };
  return [
    { name: 'P-256 and Ed25519', text: set(es.jwk, ed.jwk), kids: ['ed', 'es'] },
    { name: 'a key that names no algorithm', text: set({ ...es.jwk, alg: undefined }), kids: ['es'] },
    ...Object.entries(leftOut).map(([name, jwk]) => ({ name, text: set(jwk, es.jwk), kids: ['es'] })),
    ...Object.entries(refused).map(([name, text]) => ({ name, text })),
  ];
}
