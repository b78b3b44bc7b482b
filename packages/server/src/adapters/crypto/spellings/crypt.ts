import { phcOf } from '../phc.ts';
import { malformedHash, type Spelling, utf8 } from './spelling.ts';

/** crypt(3), where it is not stored as it is written: MD5 crypt, Apache's variant, and Kratos' names. */
export const cryptSpellings: readonly Spelling[] = [
  [
    /^\$(1|apr1|md5-crypt)\$([^$]{1,8})\$([./0-9A-Za-z]{22})$/,
    (name, salt, text) => {
      const tag = md5CryptBytes(text!);
      if (tag === undefined) return malformedHash;
      return phcOf('md5-crypt', `apr=${name === 'apr1' ? 1 : 0}`, utf8(salt), tag);
    },
  ],
  [/^\$sha(256|512)-crypt(\$.+)$/, (bits, rest) => `$${bits === '256' ? 5 : 6}${rest}`],
];

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Which bytes of the digest each four characters are made of, high bits first. */
const order = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
] as const;

/** Undefined when the last character has bits that belong to no byte. */
function md5CryptBytes(text: string): Buffer | undefined {
  const numberOf = (characters: string) =>
    [...characters].reduceRight((value, character) => value * 64 + alphabet.indexOf(character), 0);
  const tag = Buffer.alloc(16);
  for (const [i, [a, b, c]] of order.entries()) {
    const value = numberOf(text.slice(4 * i, 4 * i + 4));
    tag[a] = value >> 16;
    tag[b] = value >> 8;
    tag[c] = value;
  }
  const last = numberOf(text.slice(20));
  tag[11] = last;
  return last > 255 ? undefined : tag;
}
