import { pbkdf2Sync } from 'node:crypto';
import type { Phc } from '../phc.ts';
import {
  areCounts,
  type Digest,
  derivation,
  digestBytes,
  isTag,
  type Kind,
  malformed,
  tooCostly,
} from './kind.ts';

const maxIterations = 4_000_000;
/** With fewer, a graphics card tries a million passwords in a second. */
const soundIterations = 10_000;

/** PBKDF2 (RFC 8018, 5.2): `$pbkdf2-sha256$i=600000$salt$tag`. */
export function pbkdf2(digest: Digest): (phc: Phc) => Kind {
  return (phc) => {
    const { salt, tag } = phc;
    const iterations = phc.parameter('i');
    const length = phc.parameter('l');
    if (!areCounts(iterations, salt.length) || !isTag(tag)) return malformed;
    if (!Number.isNaN(length) && length !== tag.length) return malformed;
    if (iterations * Math.ceil(tag.length / digestBytes[digest]) > maxIterations) return tooCostly;
    const derive = (password: Buffer) => pbkdf2Sync(password, salt, iterations, tag.length, digest);
    return derivation(tag, derive, iterations < soundIterations);
  };
}
