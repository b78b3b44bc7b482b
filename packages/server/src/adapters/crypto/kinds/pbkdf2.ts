import { pbkdf2Sync } from 'node:crypto';
import type { Phc } from '../phc.ts';
import { areCounts, compareTag, isTag, type Kind, malformed, tooCostly } from './kind.ts';

const digestBytes = { sha1: 20, sha256: 32, sha512: 64 } as const;
const maxIterations = 4_000_000;

/** PBKDF2 (RFC 8018, 5.2): `$pbkdf2-sha256$i=600000$salt$tag`. */
export function pbkdf2(digest: keyof typeof digestBytes): (phc: Phc) => Kind {
  return (phc) => {
    const { salt, tag } = phc;
    const iterations = phc.parameter('i');
    const length = phc.parameter('l');
    if (!areCounts(iterations) || !isTag(tag)) return malformed;
    if (!Number.isNaN(length) && length !== tag.length) return malformed;
    if (iterations * Math.ceil(tag.length / digestBytes[digest]) > maxIterations) return tooCostly;
    return compareTag(tag, (password) => pbkdf2Sync(password, salt, iterations, tag.length, digest));
  };
}
