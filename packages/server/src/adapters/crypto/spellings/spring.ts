import type { Digest } from '../kinds/kind.ts';
import { phcOf } from '../phc.ts';
import { base64, hex, pbkdf2Of, type Spelling, saltedOf, scryptOf, utf8 } from './spelling.ts';

/** Spring Security, with the parameters that the encoder of that name has. The salt is the first bytes. */
export const springSpellings: readonly Spelling[] = [
  [
    /^\{pbkdf2(?:@SpringSecurity_v5_5)?\}([0-9a-f]{80})$/,
    (text) => pbkdf2Of('sha1', 185_000, hex(text).subarray(0, 8), hex(text).subarray(8)),
  ],
  [
    /^\{pbkdf2(?:@SpringSecurity_v5_8)?\}([0-9a-f]{96})$/,
    (text) => pbkdf2Of('sha256', 310_000, hex(text).subarray(0, 16), hex(text).subarray(16)),
  ],
  // The parameters in hex: the logarithm of N, then two digits for r and two for p.
  [
    /^\$([0-9a-f]{1,2})([0-9a-f]{2})([0-9a-f]{2})\$([A-Za-z0-9+/]+={0,2})\$([A-Za-z0-9+/]+={0,2})$/,
    (cost, r, p, salt, tag) =>
      scryptOf(2 ** number(cost), `${number(r)}`, `${number(p)}`, base64(salt), base64(tag)),
  ],
  [
    /^\{sha256\}([0-9a-f]{80})$/,
    (text) => phcOf('iterated-sha256', 'i=1024', hex(text).subarray(0, 8), hex(text).subarray(8)),
  ],
  // The braces are part of the salt.
  [
    /^\{(MD5|SHA-1|SHA-256|SHA-512)\}(\{[^{}]+\})?([0-9a-f]+)$/,
    (name, salt, tag) =>
      saltedOf(name!.replace('-', '').toLowerCase() as Digest, utf8(salt), hex(tag), 'last'),
  ],
];

const number = (text = '') => Number.parseInt(text, 16);
