import { base64, hex, malformedHash, pbkdf2Of, type Spelling, scryptOf, utf8 } from './spelling.ts';

const prfs = ['sha1', 'sha256', 'sha512'] as const;

/** ASP.NET Identity, Better Auth and Lucia. */
export const otherSpellings: readonly Spelling[] = [
  [/^(A(?:[A-P]|QAAAA)[A-Za-z0-9+/]{40,}={0,2})$/, (text) => aspNetIdentity(base64(text)) ?? malformedHash],
  // The salt is the text of the hex.
  [
    /^(?:s2:)?([A-Za-z0-9_-]{16,64}):([0-9a-f]{128})$/,
    (salt, tag) => scryptOf(16_384, '16', '1', utf8(salt), hex(tag), 'scrypt-nfkc'),
  ],
];

/**
 * Version 2 is a zero byte, 16 bytes of salt and 32 of the tag, with 1000 iterations. Version 3 is a byte 1, then as
 * 32-bit numbers the digest, the iterations and the length of the salt, then salt and tag.
 */
function aspNetIdentity(bytes: Buffer): string | undefined {
  if (bytes[0] === 0)
    return bytes.length === 49
      ? pbkdf2Of('sha1', 1000, bytes.subarray(1, 17), bytes.subarray(17))
      : undefined;
  if (bytes[0] !== 1 || bytes.length < 13) return undefined;
  const digest = prfs[bytes.readUInt32BE(1)];
  const end = 13 + bytes.readUInt32BE(9);
  if (digest === undefined || end >= bytes.length) return undefined;
  return pbkdf2Of(digest, bytes.readUInt32BE(5), bytes.subarray(13, end), bytes.subarray(end));
}
