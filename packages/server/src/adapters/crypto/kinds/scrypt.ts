import { createCipheriv, scryptSync } from 'node:crypto';
import type { Phc } from '../phc.ts';
import { areCounts, isTag, type Kind, malformed, tooCostly } from './kind.ts';

/** 256 MiB for N, and 1 MiB for what is beside it. */
const maxMemory = 2 ** 28 + 2 ** 20;
const maxWork = 2 ** 21;

/** scrypt (RFC 7914): `$scrypt$ln=14,r=8,p=1$salt$tag`, where `ln` is the binary logarithm of N. */
export function scrypt(phc: Phc): Kind {
  return derivedBy(phc, (password) => compute(phc, password, phc.tag.length));
}

/** scrypt of the password's NFKC form, as Better Auth and Lucia have it. */
export function scryptNfkc(phc: Phc): Kind {
  return derivedBy(phc, (password) => compute(phc, password.normalize('NFKC'), phc.tag.length));
}

/**
 * Firebase's scrypt, whose key encrypts the project's signer key (AES-256 in counter mode). The tag here is the stream
 * that Firebase adds to the signer key: with it the signer key is not needed, and so not stored.
 */
export function firebaseScrypt(phc: Phc): Kind {
  return derivedBy(phc, (password) => {
    const cipher = createCipheriv('aes-256-ctr', compute(phc, password, 32), Buffer.alloc(16));
    return cipher.update(Buffer.alloc(phc.tag.length));
  });
}

function derivedBy(phc: Phc, derive: (password: string) => Buffer): Kind {
  const { ln, r, p } = parametersOf(phc);
  if (!areCounts(ln, r, p, phc.salt.length) || !isTag(phc.tag)) return malformed;
  // As OpenSSL counts it: p blocks, and of N and two more the numbers.
  if (128 * r * (2 ** ln + 2 + p) > maxMemory || 2 ** ln * r * p > maxWork) return tooCostly;
  // RFC 7914, 2.
  if (r < 8 && ln >= (128 * r) / 8) return malformed;
  return { tag: phc.tag, derive };
}

function parametersOf(phc: Phc) {
  return { ln: phc.parameter('ln'), r: phc.parameter('r'), p: phc.parameter('p') };
}

function compute(phc: Phc, password: string, length: number): Buffer {
  const { ln, r, p } = parametersOf(phc);
  return scryptSync(password, phc.salt, length, { N: 2 ** ln, r, p, maxmem: maxMemory });
}
