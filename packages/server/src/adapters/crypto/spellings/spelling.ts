import type { Digest } from '../kinds/kind.ts';
import { phcOf } from '../phc.ts';

/**
 * How other systems write a hash that names its own kind, and what its groups are in a spelling that is stored. What it
 * makes is read before it is stored, so it may be malformed.
 */
export type Spelling = readonly [RegExp, (...groups: string[]) => string];

/** A hash that is refused as malformed. */
export const malformedHash = '$';

export const utf8 = (text = '') => Buffer.from(text);
export const hex = (text = '') => Buffer.from(text, 'hex');
/** Also reads the alphabet of URLs. */
export const base64 = (text = '') => Buffer.from(text, 'base64');
/** passlib's base64 has a dot for the plus sign. */
export const dottedBase64 = (text = '') => base64(text.replaceAll('.', '+'));

/** The stored form of scrypt; N is refused where it is not a power of two. */
export function scryptOf(
  n: number,
  r: string,
  p: string,
  salt: Uint8Array,
  tag: Uint8Array,
  id = 'scrypt',
): string {
  const logarithm = Math.log2(n);
  return phcOf(id, `ln=${Number.isInteger(logarithm) ? logarithm : 0},r=${r},p=${p}`, salt, tag);
}

/** The stored form of PBKDF2. Of a long tag the first 64 bytes are kept: they do not depend on the rest. */
export function pbkdf2Of(
  digest: string,
  iterations: string | number,
  salt: Uint8Array,
  tag: Uint8Array,
): string {
  return phcOf(`pbkdf2-${digest}`, `i=${iterations}`, salt, tag.subarray(0, 64));
}

/** The stored form of one digest of password and salt. */
export function saltedOf(digest: Digest, salt: Uint8Array, tag: Uint8Array, order: 'first' | 'last'): string {
  return phcOf(`salted-${digest}`, `first=${order === 'first' ? 1 : 0}`, salt, tag);
}

/** The stored form of an HMAC of the password. */
export function hmacOf(digest: string, key: Uint8Array, tag: Uint8Array): string {
  return phcOf(`hmac-${digest}`, `l=${tag.length}`, key, tag);
}

/**
 * The stored form of Firebase's scrypt; undefined when hash and signer key differ in length. `cost` is the binary
 * logarithm of N.
 */
export function firebaseScryptOf(parts: {
  readonly cost: string | number;
  readonly rounds: string | number;
  readonly parallelism: string | number;
  readonly salt: Uint8Array;
  readonly separator: Uint8Array;
  readonly signerKey: Uint8Array;
  readonly hash: Uint8Array;
}): string | undefined {
  const { cost, rounds, parallelism, salt, separator, signerKey, hash } = parts;
  if (hash.length !== signerKey.length) return undefined;
  const stream = hash.map((byte, i) => byte ^ signerKey[i]!);
  const wholeSalt = Buffer.concat([salt, separator]);
  return phcOf('firebase-scrypt', `ln=${cost},r=${rounds},p=${parallelism}`, wholeSalt, stream);
}
