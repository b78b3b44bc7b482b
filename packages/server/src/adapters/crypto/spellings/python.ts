import type { Digest } from '../kinds/kind.ts';
import {
  base64,
  dottedBase64,
  hex,
  hmacOf,
  pbkdf2Of,
  type Spelling,
  saltedOf,
  scryptOf,
  utf8,
} from './spelling.ts';

/** passlib, Django and Werkzeug (Flask). Their salts are text, but for passlib's. */
export const pythonSpellings: readonly Spelling[] = [
  // passlib: without the name for sha1.
  [
    /^\$pbkdf2(?:-(sha256|sha512))?\$([1-9]\d{0,9})\$([A-Za-z0-9./]+)\$([A-Za-z0-9./]+)$/,
    (digest = 'sha1', iterations, salt, tag) =>
      pbkdf2Of(digest, iterations!, dottedBase64(salt), dottedBase64(tag)),
  ],
  // Django.
  [/^bcrypt_sha256\$(\$2.+)$/, (hash) => `$bcrypt-sha256-hex${hash}`],
  [
    /^pbkdf2_(sha1|sha256)\$([1-9]\d{0,9})\$([^$]+)\$([A-Za-z0-9+/]+={0,2})$/,
    (digest, iterations, salt, tag) => pbkdf2Of(digest!, iterations!, utf8(salt), base64(tag)),
  ],
  [
    /^scrypt\$(\d{1,10})\$([^$]+)\$(\d{1,10})\$(\d{1,10})\$([A-Za-z0-9+/]+={0,2})$/,
    (n, salt, r, p, tag) => scryptOf(Number(n), r!, p!, utf8(salt), base64(tag)),
  ],
  [
    /^(md5|sha1)\$([^$]*)\$([0-9a-f]+)$/,
    (digest, salt, tag) => saltedOf(digest as Digest, utf8(salt), hex(tag), 'first'),
  ],
  // Werkzeug.
  [
    /^pbkdf2:(sha1|sha256|sha512):([1-9]\d{0,9})\$([^$]+)\$([0-9a-f]+)$/,
    (digest, iterations, salt, tag) => pbkdf2Of(digest!, iterations!, utf8(salt), hex(tag)),
  ],
  [
    /^scrypt:(\d{1,10}):(\d{1,10}):(\d{1,10})\$([^$]+)\$([0-9a-f]+)$/,
    (n, r, p, salt, tag) => scryptOf(Number(n), r!, p!, utf8(salt), hex(tag)),
  ],
  [/^(sha256|sha512)\$([^$]+)\$([0-9a-f]+)$/, (digest, salt, tag) => hmacOf(digest!, utf8(salt), hex(tag))],
];
