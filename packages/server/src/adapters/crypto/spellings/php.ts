import { phcOf } from '../phc.ts';
import { base64, hex, malformedHash, pbkdf2Of, type Spelling, saltedOf, utf8 } from './spelling.ts';

/** phpass (WordPress, phpBB), Drupal, Joomla and MediaWiki. */
export const phpSpellings: readonly Spelling[] = [
  [
    /^\$[PH]\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{22})$/,
    (rounds, salt, tag) => phpassOf('md5', rounds!, salt!, phpassBytes(tag!)),
  ],
  // Drupal keeps 55 characters: 32 bytes, and 2 bits of the next.
  [
    /^\$S\$([./0-9A-Za-z])([./0-9A-Za-z]{8})([./0-9A-Za-z]{43})$/,
    (rounds, salt, tag) => phpassOf('sha512', rounds!, salt!, phpassBytes(tag!).subarray(0, 32)),
  ],
  // Joomla before 3.2.
  [/^([0-9a-f]{32}):([A-Za-z0-9]{16,32})$/, (tag, salt) => saltedOf('md5', utf8(salt), hex(tag), 'last')],
  [
    /^:pbkdf2:(sha1|sha256|sha384|sha512):([1-9]\d{0,9}):(\d{1,4}):([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)$/,
    (digest, iterations, length, salt, tag) =>
      base64(tag).length === Number(length)
        ? pbkdf2Of(digest!, iterations!, base64(salt), base64(tag))
        : malformedHash,
  ],
];

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function phpassOf(digest: 'md5' | 'sha512', rounds: string, salt: string, tag: Uint8Array): string {
  return phcOf(`phpass-${digest}`, `ln=${alphabet.indexOf(rounds)}`, utf8(salt), tag);
}

/** The bytes of phpass's own base64, which has the low bits first. */
function phpassBytes(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const character of text) {
    value |= alphabet.indexOf(character) << bits;
    bits += 6;
    if (bits < 8) continue;
    bytes.push(value & 255);
    value >>= 8;
    bits -= 8;
  }
  return Buffer.from(bytes);
}
