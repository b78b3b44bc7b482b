import { type Digest, digestBytes } from '../kinds/kind.ts';
import {
  base64,
  dottedBase64,
  hex,
  malformedHash,
  pbkdf2Of,
  type Spelling,
  saltedOf,
  utf8,
} from './spelling.ts';

/** LDAP servers and Dovecot: `{SCHEME}` in either case. Dovecot may add `.HEX` or `.B64` to the scheme. */
export const ldapSpellings: readonly Spelling[] = [
  [
    /^\{(S)?(MD5|SHA(?:-?(?:1|256|384|512))?)(\.HEX|\.B64)?\}([A-Za-z0-9+/]+={0,2})$/i,
    (isSalted, name, encoding, text) => digestOf(name!, text!, encoding, isSalted !== undefined),
  ],
  // OpenLDAP's pw-pbkdf2.
  [
    /^\{PBKDF2(?:-SHA(1|256|512))?\}([1-9]\d{0,9})\$([A-Za-z0-9./]+)\$([A-Za-z0-9./]+)$/i,
    (digest = '1', iterations, salt, tag) =>
      pbkdf2Of(`sha${digest}`, iterations!, dottedBase64(salt), dottedBase64(tag)),
  ],
  // 389 Directory Server's and FreeIPA's: the iterations, 64 bytes of salt, and the tag.
  [
    /^\{PBKDF2_SHA256\}([A-Za-z0-9+/]{432})$/i,
    (text) => {
      const bytes = base64(text);
      return pbkdf2Of('sha256', bytes.readUInt32BE(), bytes.subarray(4, 68), bytes.subarray(68));
    },
  ],
  // Dovecot's.
  [
    /^\{PBKDF2\}\$1\$([^$]+)\$([1-9]\d{0,9})\$([0-9a-f]{40})$/i,
    (salt, iterations, tag) => pbkdf2Of('sha1', iterations!, utf8(salt), hex(tag)),
  ],
  // Atlassian's.
  [
    /^\{PKCS5S2\}([A-Za-z0-9+/]{64})$/i,
    (text) => pbkdf2Of('sha1', 10_000, base64(text).subarray(0, 16), base64(text).subarray(16)),
  ],
];

/** The digest, and the salt behind it where there is one. */
function digestOf(name: string, text: string, encoding: string | undefined, isSalted: boolean): string {
  const lower = name.toLowerCase().replace('-', '');
  const digest = (lower === 'sha' ? 'sha1' : lower) as Digest;
  const length = digestBytes[digest];
  const isHex =
    encoding?.toLowerCase() === '.hex' || (/^[0-9a-f]+$/i.test(text) && text.length === 2 * length);
  const bytes = isHex ? hex(text) : base64(text);
  if (isSalted ? bytes.length <= length : bytes.length !== length) return malformedHash;
  return saltedOf(digest, bytes.subarray(length), bytes.subarray(0, length), 'last');
}
