import { argon2Sync, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Phc, parsePhc, toBase64 } from './phc.ts';

/** What an argon2id hash costs. `memory` is in KiB, `passes` the times it is gone over (RFC 9106, 3.1). */
export interface HashParameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** What comparing a password with a hash tells. */
export interface Comparison {
  readonly matches: boolean;
  /** Whether the hash was made in another way than hashes are made now. */
  readonly outdated: boolean;
}

type Compare = (password: string, phc: Phc, current: HashParameters) => Comparison;

const saltLength = 16;
const tagLength = 32;

/** By the first name in a PHC string: how hashes of that kind are compared. */
const formats: Readonly<Record<string, Compare>> = { argon2id: compareArgon2id };

/** A new argon2id hash as a PHC string. Takes tens of milliseconds and blocks its thread. */
export function hashPassword(password: string, parameters: HashParameters): string {
  const salt = randomBytes(saltLength);
  return phcOf(salt, argon2id(password, salt, tagLength, parameters), parameters);
}

/** A hash that no password has, and that costs as much to compare with as a real one. */
export function impossibleHash(parameters: HashParameters): string {
  return phcOf(randomBytes(saltLength), randomBytes(tagLength), parameters);
}

/**
 * Compares in constant time. A hash that is corrupt, of an unknown kind, or that would cost absurdly much, matches
 * nothing and is not computed. Blocks its thread as long as the hash's parameters say.
 */
export function comparePassword(password: string, hash: string, current: HashParameters): Comparison {
  const phc = parsePhc(hash);
  const compare = phc && Object.hasOwn(formats, phc.id) ? formats[phc.id] : undefined;
  return phc && compare ? compare(password, phc, current) : { matches: false, outdated: false };
}

function compareArgon2id(password: string, phc: Phc, current: HashParameters): Comparison {
  const parameters = {
    memory: phc.parameter('m'),
    passes: phc.parameter('t'),
    parallelism: phc.parameter('p'),
  };
  const { salt, tag } = phc;
  if (
    phc.version !== 19 ||
    !isReasonable(parameters) ||
    salt.length < 8 ||
    tag.length < 16 ||
    tag.length > 64
  ) {
    return { matches: false, outdated: false };
  }
  const matches = timingSafeEqual(argon2id(password, salt, tag.length, parameters), tag);
  return {
    matches,
    outdated: phcOf(salt, tag, parameters) !== phcOf(salt, tag, current) || tag.length !== tagLength,
  };
}

/** Whoever can write to the database must not be able to have gigabytes taken or a thread held for minutes. */
function isReasonable({ memory, passes, parallelism }: HashParameters): boolean {
  const whole = [memory, passes, parallelism].every((value) => Number.isSafeInteger(value) && value >= 1);
  return (
    whole && parallelism <= 16 && memory >= 8 * parallelism && memory <= 2 ** 20 && memory * passes <= 2 ** 22
  );
}

function argon2id(password: string, salt: Uint8Array, length: number, parameters: HashParameters): Buffer {
  return argon2Sync('argon2id', {
    message: Buffer.from(password),
    nonce: salt,
    tagLength: length,
    ...parameters,
  });
}

function phcOf(salt: Uint8Array, tag: Uint8Array, { memory, passes, parallelism }: HashParameters): string {
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${toBase64(salt)}$${toBase64(tag)}`;
}
