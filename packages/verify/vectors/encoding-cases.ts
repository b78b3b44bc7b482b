import { segment } from '../test/mint.ts';
import { accept, goodClaims, reject, signed, type TokenCase, type World } from './world.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Cases about the spelling of a token and the bytes of its signature: J-03 to J-07, J-38 to J-45. */
export function encodingCases(world: World): TokenCase[] {
  const token = signed(world);
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const withSignature = (bytes: Uint8Array) => `${header}.${payload}.${segment(bytes)}`;
  const raw = Buffer.from(signature, 'base64url');
  const r = raw.subarray(0, 32);
  const s = BigInt(`0x${raw.subarray(32).toString('hex')}`);
  const hex = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
  const last = alphabet.indexOf(signature.slice(-1));
  const respelled = [1, 2, 3].map((bit) => signature.slice(0, -1) + alphabet[last ^ bit]);
  const wide = String.fromCodePoint((token.codePointAt(0) as number) + 0xfee0) + token.slice(1);
  const json = { payload, protected: header, signature };
  const flip = Buffer.from(raw);
  flip[10] = flip[10]! ^ 1;
  const spaces: Record<string, string> = {
    'space in the signature': `${token.slice(0, -9)} ${token.slice(-9)}`,
    'newline and tab in the signature': `${token.slice(0, -9)}\n\t${token.slice(-9)}`,
    'space before': ` ${token}`,
    'space after': `${token} `,
    'newline after': `${token}\n`,
    'space in the payload': `${header}.${payload.slice(0, 9)} ${payload.slice(9)}.${signature}`,
    'zero byte after': `${token}\0`,
  };
  const withJti = (count: number) =>
    signed(world, { payload: { ...goodClaims(world), jti: 'j'.repeat(count) } });
  // Base64url has no texts of 4k + 1 characters, so not every length can be met.
  let most = 1;
  while (withJti(most + 1).length <= 4096) most += 1;
  return [
    accept(world, 'as long as allowed', withJti(most)),
    reject(world, 'longer than 4096 characters', withJti(most + 1)),
    accept(
      world,
      'signature (r, n-s), as good as (r, s) to ECDSA',
      withSignature(Buffer.concat([r, hex(order - s)])),
    ),
    ...respelled.map((each, index) =>
      reject(world, `unused bits of the signature, ${index + 1}`, `${header}.${payload}.${each}`),
    ),
    reject(world, 'padding', `${token}==`),
    reject(world, 'one padding sign', `${token}=`),
    ...Object.entries(spaces).map(([name, each]) => reject(world, name, each)),
    reject(world, 'base64 alphabet', `${header}.${payload}.+/${signature.slice(2)}`),
    reject(world, 'percent-encoded', token.replaceAll('.', '%2E')),
    reject(world, 'full-width character', wide),
    reject(world, 'flattened JSON serialisation', JSON.stringify(json)),
    reject(
      world,
      'general JSON serialisation',
      JSON.stringify({ payload, signatures: [{ protected: header, signature }] }),
    ),
    reject(world, 'five parts (JWE)', `${header}.${payload}.${payload}.${payload}.${signature}`),
    reject(world, 'four parts', `${token}.${signature}`),
    reject(world, 'two parts', `${header}.${payload}`),
    reject(world, 'one part', header),
    reject(world, 'empty', ''),
    reject(world, 'dots', '..'),
    reject(world, 'empty header', `.${payload}.${signature}`),
    reject(world, 'empty payload', `${header}..${signature}`),
    reject(world, 'detached payload', `${header}.${signature}`),
    reject(world, 'the word undefined', 'undefined'),
    reject(world, 'the word null', 'null'),
    reject(world, 'with a scheme', `Bearer ${token}`),
    reject(world, 'no signature', `${header}.${payload}.`),
    reject(world, 'one character less', token.slice(0, -1)),
    reject(world, 'one character more', `${token}A`),
    reject(world, '63 bytes', withSignature(raw.subarray(0, 63))),
    reject(world, '65 bytes', withSignature(Buffer.concat([raw, Buffer.alloc(1)]))),
    reject(world, '32 bytes', withSignature(raw.subarray(0, 32))),
    reject(
      world,
      'DER signature',
      withSignature(Buffer.from('300602010102010130060201010201013006020101020101', 'hex')),
    ),
    reject(world, 'all zero', withSignature(Buffer.alloc(64)), 'bad-signature'),
    reject(world, 'r zero', withSignature(Buffer.concat([Buffer.alloc(32), hex(s)])), 'bad-signature'),
    reject(world, 's zero', withSignature(Buffer.concat([r, Buffer.alloc(32)])), 'bad-signature'),
    reject(world, 'r and s are n', withSignature(Buffer.concat([hex(order), hex(order)])), 'bad-signature'),
    reject(world, 'all ones', withSignature(Buffer.alloc(64, 0xff)), 'bad-signature'),
    reject(world, 'one bit flipped', withSignature(flip), 'bad-signature'),
    reject(world, 'r and s exchanged', withSignature(Buffer.concat([hex(s), r])), 'bad-signature'),
    reject(
      world,
      'payload of another token',
      `${header}.${segment(JSON.stringify({ ...goodClaims(world), sub: '1' }))}.${signature}`,
      'bad-signature',
    ),
  ];
}
