import { randomBytes } from 'node:crypto';
import { argon2, deriveArgon2, type HashParameters } from './kinds/argon2.ts';
import { bcrypt } from './kinds/bcrypt.ts';
import { type Kind, malformed } from './kinds/kind.ts';
import { pbkdf2 } from './kinds/pbkdf2.ts';
import { saltedSha512 } from './kinds/salted-sha512.ts';
import { scrypt } from './kinds/scrypt.ts';
import { sha512Crypt } from './kinds/sha512-crypt.ts';
import { type Phc, parsePhc, phcOf } from './phc.ts';

export type { HashParameters } from './kinds/argon2.ts';

/** The outcome of comparing a password with a hash. */
export interface Comparison {
  readonly matches: boolean;
  /** Whether the password matches and its hash was not made as hashes are made now. */
  readonly outdated: boolean;
}

const saltLength = 16;
const tagLength = 32;

/** How to read each kind of hash, by the first name in its PHC string. */
const phcKinds: Readonly<Record<string, (phc: Phc) => Kind>> = {
  argon2id: argon2('argon2id'),
  argon2i: argon2('argon2i'),
  argon2d: argon2('argon2d'),
  scrypt,
  'pbkdf2-sha1': pbkdf2('sha1'),
  'pbkdf2-sha256': pbkdf2('sha256'),
  'pbkdf2-sha512': pbkdf2('sha512'),
  'salted-sha512': saltedSha512,
};

/** Reads a stored hash. One that is corrupt, of an unknown kind, or far too costly to compare is `refused`. */
export function readHash(hash: string): Kind {
  if (/^\$2[abxy]?\$/.test(hash)) return bcrypt(hash);
  if (hash.startsWith('$6$')) return sha512Crypt(hash);
  const phc = parsePhc(hash);
  const read = phc && Object.hasOwn(phcKinds, phc.id) ? phcKinds[phc.id] : undefined;
  return phc && read ? read(phc) : malformed;
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
 * Compares in constant time, and blocks its thread for as long as the hash's parameters demand. A refused hash matches
 * nothing and is not computed. An outdated hash that does not match costs one hash more, because one that matches is
 * hashed again afterwards: so both take the same time, and never less than a hash that is not outdated.
 */
export function comparePassword(password: string, hash: string, current: HashParameters): Comparison {
  const kind = readHash(hash);
  const matches = 'matches' in kind && kind.matches(password);
  const outdated = !isCurrent(hash, current);
  if (outdated && !matches) hashPassword(password, current);
  return { matches, outdated: matches && outdated };
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
