import * as crypto from 'node:crypto';
import { claimsOf, headerOf, mint, segment, signBytes } from '../test/mint.ts';
import { accept, goodClaims, issuerUrl, now, reject, signed, type TokenCase, type World } from './world.ts';

/** Cases about the protected header and the algorithm: J-01 to J-13, J-21 to J-24, J-34 to J-36. */
export function headerCases(world: World): TokenCase[] {
  const { key, edKey, strangerKey } = world;
  const good = headerOf(key);
  const withHeader = (header: unknown) => signed(world, { header });
  const payload = segment(JSON.stringify(goodClaims(world)));
  const unsigned = (header: unknown) => `${segment(JSON.stringify(header))}.${payload}.`;
  const hmac = (secret: crypto.BinaryLike, alg = 'HS256') => {
    const text = `${segment(JSON.stringify({ ...good, alg }))}.${payload}`;
    return `${text}.${crypto
      .createHmac(`sha${alg.slice(2)}`, secret)
      .update(text)
      .digest('base64url')}`;
  };
  const pem = key.publicKey.export({ format: 'pem', type: 'spki' }) as string;
  const secrets: Record<string, crypto.BinaryLike> = {
    'PEM of the public key': pem,
    'PEM without the last newline': pem.trimEnd(),
    'SPKI DER of the public key': key.publicKey.export({ format: 'der', type: 'spki' }),
    'JWK text of the public key': JSON.stringify(key.jwk),
    'x of the public key': String(key.jwk['x']),
    'bytes of x': Buffer.from(String(key.jwk['x']), 'base64url'),
    'empty secret': '',
    'the word secret': 'secret',
    '32 zero bytes': Buffer.alloc(32),
  };
  const extra: Record<string, unknown> = {
    jwk: strangerKey.jwk,
    jku: 'https://attacker.example/jwks.json',
    x5u: 'http://169.254.169.254/',
    x5c: ['AAAA'],
    zip: 'DEF',
    b64: false,
    cty: 'JWT',
    x: 1,
  };
  const crits: unknown[] = [['x'], [], 'x', ['b64'], ['alg'], ['x', 'x']];
  const algs: unknown[] = ['none', 'None', 'NONE', 'nOnE', '', null, [], 0, ['ES256']];
  const otherAlgs = [
    'HS256',
    'RS256',
    'PS256',
    'ES384',
    'ES512',
    'ES256K',
    'EdDSA',
    'Ed448',
    'es256',
    'Ed25519',
  ];
  const kids: unknown[] = [
    '',
    '../../../dev/null',
    "' OR 1=1--",
    'a\0b',
    'k'.repeat(65),
    {},
    null,
    1,
    ['key-1'],
  ];
  const unknownKids = ['__proto__', 'constructor', 'toString', 'key-2', 'KEY-1'];
  const types: unknown[] = [
    'JWT',
    'AT+JWT',
    'application/at+jwt',
    'at+jwt; a=b',
    'sid+jwt',
    'reset+jwt',
    'secevent+jwt',
    '',
    null,
  ];
  const { alg, typ, kid } = good;
  return [
    accept(world, 'ES256', signed(world)),
    accept(world, 'header members in another order', withHeader({ kid, typ, alg })),
    accept(
      world,
      'header with white space',
      withHeader(` { "alg" : "ES256",\n"typ":"at+jwt", "kid":"key-1"} `),
    ),
    accept(world, 'Ed25519', mint(edKey, world.session, issuerUrl, claimsOf(world.session, issuerUrl, now))),
    ...algs.map((each) =>
      reject(world, `unsigned, alg ${JSON.stringify(each)}`, unsigned({ alg: each, typ, kid })),
    ),
    reject(world, 'unsigned, no alg', unsigned({ typ, kid })),
    ...otherAlgs.map((each) =>
      reject(
        world,
        `alg ${each} over an ES256 signature`,
        withHeader({ ...good, alg: each }),
        each === 'Ed25519' ? 'unknown-key' : 'malformed-token',
      ),
    ),
    reject(world, 'ES256 for an Ed25519 key', withHeader({ ...good, kid: 'key-ed' }), 'unknown-key'),
    ...Object.entries(secrets).map(([name, secret]) => reject(world, `HS256 with ${name}`, hmac(secret))),
    reject(world, 'HS384 with the PEM', hmac(pem, 'HS384')),
    reject(world, 'HS512 with the PEM', hmac(pem, 'HS512')),
    ...Object.entries(extra).map(([name, value]) =>
      reject(world, `extra header member ${name}`, withHeader({ ...good, [name]: value })),
    ),
    reject(
      world,
      'embedded jwk that signed it',
      signBytes(
        strangerKey,
        JSON.stringify({ ...good, jwk: strangerKey.jwk }),
        JSON.stringify(goodClaims(world)),
      ),
    ),
    ...crits.map((crit) =>
      reject(world, `crit ${JSON.stringify(crit)}`, withHeader({ ...good, crit, x: 1 })),
    ),
    reject(world, 'b64 false with crit', withHeader({ ...good, b64: false, crit: ['b64'] })),
    ...kids.map((each) => reject(world, `kid ${JSON.stringify(each)}`, withHeader({ ...good, kid: each }))),
    reject(world, 'no kid', withHeader({ alg, typ })),
    ...unknownKids.map((each) =>
      reject(world, `unknown kid ${each}`, withHeader({ ...good, kid: each }), 'unknown-key'),
    ),
    ...types.map((each) => reject(world, `typ ${JSON.stringify(each)}`, withHeader({ ...good, typ: each }))),
    reject(world, 'no typ', withHeader({ alg, kid })),
    reject(world, 'duplicate alg', withHeader('{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"key-1"}')),
    reject(
      world,
      'duplicate kid by an escape',
      withHeader('{"alg":"ES256","typ":"at+jwt","kid":"x","k\\u0069d":"key-1"}'),
    ),
    reject(
      world,
      'header with __proto__',
      withHeader('{"alg":"ES256","typ":"at+jwt","__proto__":{"kid":"key-1"}}'),
    ),
    ...['[]', '"x"', '1', 'null', '', '{'].map((text) => reject(world, `header ${text}`, withHeader(text))),
    reject(
      world,
      'another key with the same kid',
      signBytes(strangerKey, JSON.stringify(good), JSON.stringify(goodClaims(world))),
      'bad-signature',
    ),
  ];
}
