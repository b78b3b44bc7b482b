import { scryptSync } from 'node:crypto';
import type { Phc } from '../phc.ts';
import { areCounts, compareTag, isTag, type Kind, malformed, tooCostly } from './kind.ts';

const maxMemory = 2 ** 28;
const maxWork = 2 ** 21;

/** scrypt (RFC 7914): `$scrypt$ln=14,r=8,p=1$salt$tag`, where `ln` is the binary logarithm of N. */
export function scrypt(phc: Phc): Kind {
  const { salt, tag } = phc;
  const [ln, r, p] = [phc.parameter('ln'), phc.parameter('r'), phc.parameter('p')];
  if (!areCounts(ln, r, p) || !isTag(tag)) return malformed;
  const N = 2 ** ln;
  if (128 * N * r > maxMemory || N * r * p > maxWork) return tooCostly;
  // RFC 7914, 2.
  if (r < 8 && ln >= (128 * r) / 8) return malformed;
  return compareTag(tag, (password) =>
    scryptSync(password, salt, tag.length, { N, r, p, maxmem: 2 * maxMemory }),
  );
}
