import { createHmac, hash } from 'node:crypto';
import type { Phc } from '../phc.ts';
import { areCounts, type Digest, derivation, digestBytes, type Kind, malformed, tooCostly } from './kind.ts';
import { wordPressTexts } from './wordpress.ts';

const maxRounds = 2 ** 19;
/** Each round hashes the password too, which may be long, and of one password several texts may be tried. */
const maxPhpassRounds = { md5: 2 ** 17, sha512: 2 ** 18 } as const;

/**
 * One digest of password and salt: `$salted-sha256$first=1$salt$tag`, where `first` is 1 when the salt comes first. The
 * salt may be empty.
 */
export function salted(digest: Digest): (phc: Phc) => Kind {
  return (phc) => {
    const { salt, tag } = phc;
    const first = phc.parameter('first');
    if ((first !== 0 && first !== 1) || tag.length !== digestBytes[digest]) return malformed;
    const derive = (password: Buffer) => digestOf(digest, first === 1 ? [salt, password] : [password, salt]);
    return derivation(tag, derive, true);
  };
}

/** An HMAC of the password, whose key is the salt: `$hmac-sha256$l=32$salt$tag`. */
export function hmac(digest: Digest): (phc: Phc) => Kind {
  return ({ salt, tag }) => {
    if (tag.length !== digestBytes[digest]) return malformed;
    return derivation(tag, (password) => createHmac(digest, salt).update(password).digest(), true);
  };
}

/** SHA-256 of salt and password, and of that again: `$iterated-sha256$i=1024$salt$tag`, Spring's StandardPasswordEncoder. */
export function iteratedSha256(phc: Phc): Kind {
  const { salt, tag } = phc;
  const rounds = phc.parameter('i');
  if (!areCounts(rounds) || tag.length !== 32) return malformed;
  if (rounds > maxRounds) return tooCostly;
  return derivation(tag, (password) => iterate('sha256', [salt, password], rounds - 1), true);
}

/**
 * Portable PHP password hashing: `$phpass-md5$ln=13$salt$tag`, with 2^ln rounds. Drupal's is the same with SHA-512,
 * and keeps the first 32 bytes.
 */
export function phpass(digest: 'md5' | 'sha512'): (phc: Phc) => Kind {
  return (phc) => {
    const { salt, tag } = phc;
    const rounds = 2 ** phc.parameter('ln');
    if (!areCounts(rounds) || tag.length !== Math.min(32, digestBytes[digest])) return malformed;
    if (rounds > maxPhpassRounds[digest]) return tooCostly;
    const derive = (password: Buffer) =>
      iterate(digest, [salt, password], rounds, password).subarray(0, tag.length);
    if (digest !== 'md5') return derivation(tag, derive);
    // Others than WordPress hash the password itself.
    const texts = (password: string) => [...new Set([password, ...wordPressTexts(password)])];
    return { ...derivation(tag, derive, true), texts };
  };
}

/** The digest of the start, and then that often of the last digest and what follows it. */
function iterate(
  digest: Digest,
  start: readonly Uint8Array[],
  rounds: number,
  after: Uint8Array = new Uint8Array(),
): Buffer {
  let last = digestOf(digest, start);
  for (let round = 0; round < rounds; round++) last = digestOf(digest, [last, after]);
  return last;
}

function digestOf(digest: Digest, parts: readonly Uint8Array[]): Buffer {
  return hash(digest, Buffer.concat(parts), 'buffer');
}
