import type { Digest } from '../kinds/kind.ts';
import {
  base64,
  firebaseScryptOf,
  hex,
  hmacOf,
  malformedHash,
  type Spelling,
  saltedOf,
  scryptOf,
} from './spelling.ts';

const formats: Readonly<Record<string, 'first' | 'last'>> = {
  '{SALT}{PASSWORD}': 'first',
  '{PASSWORD}{SALT}': 'last',
};

/** Ory Kratos, and what Supabase's GoTrue writes of Firebase. */
export const kratosSpellings: readonly Spelling[] = [
  // N itself, where a PHC string has its logarithm.
  [
    /^\$scrypt\$ln=(\d{3,9}),r=(\d{1,10}),p=(\d{1,10})\$([^$]+)\$([^$]+)$/,
    (n, r, p, salt, tag) => scryptOf(Number(n), r!, p!, base64(salt), base64(tag)),
  ],
  [
    /^\$firescrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([^$]+)\$([^$]+)\$([^$]*)\$([^$]+)$/,
    (cost, rounds, parallelism, salt, hash, separator, signerKey) =>
      firebase(cost, rounds, parallelism, separator, signerKey, salt, hash),
  ],
  [
    /^\$fbscrypt\$v=1,n=(\d+),r=(\d+),p=(\d+)(?:,ss=([^,$]+))?(?:,sk=([^,$]+))\$([^$]+)\$([^$]+)$/,
    (...parts) => firebase(...parts),
  ],
  [
    /^\$(md5|sha1|sha256|sha512)\$(?:pf=([^$]+)\$([^$]+)\$)?([^$]+)$/,
    (digest, format, salt, tag) => {
      const order = format === undefined ? 'last' : formats[base64(format).toString()];
      return order === undefined
        ? malformedHash
        : saltedOf(digest as Digest, base64(salt), base64(tag), order);
    },
  ],
  // The base64 of the hex.
  [
    /^\$hmac-(md5|sha1|sha256|sha384|sha512)\$([^$=]+={0,2})\$([^$]+)$/,
    (digest, tag, key) => hmacOf(digest!, base64(key), hex(base64(tag).toString())),
  ],
];

function firebase(...parts: readonly (string | undefined)[]): string {
  const [cost, rounds, parallelism, separator, signerKey, salt, hash] = parts;
  const numbers = { cost: cost!, rounds: rounds!, parallelism: parallelism! };
  const bytes = { salt: base64(salt), separator: base64(separator), signerKey: base64(signerKey) };
  return firebaseScryptOf({ ...numbers, ...bytes, hash: base64(hash) }) ?? malformedHash;
}
