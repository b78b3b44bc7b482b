import { randomBytes, timingSafeEqual } from 'node:crypto';
import { deriveArgon2, type HashParameters } from './kinds/argon2.ts';
import { bcrypt, preparedBcrypt } from './kinds/bcrypt.ts';
import type { Derivation, Kind } from './kinds/kind.ts';
import { shaCrypt } from './kinds/sha-crypt.ts';
import { parsePhc, phcOf } from './phc.ts';
import { readPhcHash } from './phc-kinds.ts';
import { wrapHash, wrappedHash } from './wrapped-hash.ts';

export type { HashParameters } from './kinds/argon2.ts';

/** The outcome of comparing a password with a hash. */
export interface Comparison {
  readonly matches: boolean;
  /** Whether the password matches and its hash was not made as hashes are made now. */
  readonly outdated: boolean;
}

const saltLength = 16;
const tagLength = 32;

/** Reads a stored hash. One that is corrupt, of an unknown kind, or far too costly to compare is `refused`. */
export function readHash(hash: string): Kind {
  if (/^\$2[abxy]?\$/.test(hash)) return bcrypt(hash);
  if (/^\$[56]\$/.test(hash)) return shaCrypt(hash);
  if (hash.startsWith('$wrapped$')) return wrappedHash(hash);
  return preparedBcrypt(hash) ?? readPhcHash(hash);
}

/** A new argon2id hash as a PHC string. Takes tens of milliseconds and blocks its thread. */
export function hashPassword(password: string, parameters: HashParameters): string {
  const salt = randomBytes(saltLength);
  const tag = deriveArgon2('argon2id', Buffer.from(password), salt, tagLength, parameters);
  return argon2idOf(salt, tag, parameters);
}

/** A hash that no password has, and that costs as much to compare as a real one. */
export function impossibleHash(parameters: HashParameters): string {
  return argon2idOf(randomBytes(saltLength), randomBytes(tagLength), parameters);
}

/**
 * The form in which an adopted hash may be stored: a fast one is wrapped in a hash of argon2id, which takes tens of
 * milliseconds and blocks its thread; others stay as they are.
 */
export function hardenHash(hash: string, parameters: HashParameters): string {
  return isFast(hash) ? wrapHash(hash, parameters) : hash;
}

/** Whether the hash must be hardened before it is stored. */
export function isFast(hash: string): boolean {
  if (/^\$(?:2|argon2|wrapped)/.test(hash)) return false;
  const kind = readHash(hash);
  return 'fast' in kind && kind.fast === true;
}

/**
 * Compares in constant time, and blocks its thread for as long as the hash's parameters demand. A refused hash matches
 * nothing and is not computed. An outdated hash costs one hash more whether it matches or not, unless argon2id is a
 * part of it: so none takes less time than a hash that is not outdated, and the time does not tell what matched.
 */
export function comparePassword(password: string, hash: string, current: HashParameters): Comparison {
  const kind = readHash(hash);
  const matches = 'derive' in kind && isMatch(kind, password);
  const outdated = !isCurrent(hash, current);
  if (outdated && !hash.startsWith('$wrapped$')) hashPassword(password, current);
  return { matches, outdated: matches && outdated };
}

function isMatch(kind: Derivation, password: string): boolean {
  const texts = kind.texts?.(password) ?? [password];
  return texts.map((text) => timingSafeEqual(kind.derive(text), kind.tag)).includes(true);
}

function isCurrent(hash: string, current: HashParameters): boolean {
  const phc = parsePhc(hash);
  if (phc?.id !== 'argon2id' || phc.tag.length !== tagLength) return false;
  return hash === argon2idOf(phc.salt, phc.tag, current);
}

function argon2idOf(
  salt: Uint8Array,
  tag: Uint8Array,
  { memory, passes, parallelism }: HashParameters,
): string {
  return phcOf('argon2id', `m=${memory},t=${passes},p=${parallelism}`, salt, tag, 19);
}
