import { invalidField } from '../../kernel/errors.ts';
import type { ForeignHash } from '../../kernel/ports.ts';
import { composeHash } from './compose-hash.ts';
import { readHash } from './hash-formats.ts';
import { phcOf } from './phc.ts';

/** A pattern for hashes that name their own kind, and the function that turns its groups into the stored form. */
type Spelling = readonly [RegExp, (...parts: string[]) => string];

/** Hashes that are stored as they are, without the prefix that some systems add. */
const plain: Spelling = [
  /^(?:bcrypt\$|argon2|\{CRYPT\})?(\$(?:2[aby]|argon2id|argon2i|argon2d|scrypt|pbkdf2-sha(?:1|256|512)|salted-sha512|6)\$.+)$/,
  (hash) => hash,
];

const spellings: readonly Spelling[] = [
  // passlib: `$pbkdf2-sha256$29000$salt$tag`, with a dot for the plus sign, and without the name for sha1.
  [
    /^\$pbkdf2(?:-(sha256|sha512))?\$([1-9]\d{0,9})\$([A-Za-z0-9./]+)\$([A-Za-z0-9./]+)$/,
    (digest = 'sha1', iterations, salt, tag) =>
      `$pbkdf2-${digest}$i=${iterations}$${[salt, tag].map((text) => text!.replaceAll('.', '+')).join('$')}`,
  ],
  plain,
  // Django: the salt is text.
  [
    /^pbkdf2_(sha1|sha256)\$([1-9]\d{0,9})\$([^$]+)\$([A-Za-z0-9+/]+={0,2})$/,
    (digest, iterations, salt, tag) => phcOf(`pbkdf2-${digest}`, `i=${iterations}`, utf8(salt), base64(tag)),
  ],
  [
    /^scrypt\$(\d{1,10})\$([^$]+)\$(\d{1,10})\$(\d{1,10})\$([A-Za-z0-9+/]+={0,2})$/,
    (n, salt, r, p, tag) => phcOf('scrypt', scryptParameters(n, r, p), utf8(salt), base64(tag)),
  ],
  // Werkzeug.
  [
    /^pbkdf2:(sha1|sha256|sha512):([1-9]\d{0,9})\$([^$]+)\$([0-9a-f]+)$/,
    (digest, iterations, salt, tag) => phcOf(`pbkdf2-${digest}`, `i=${iterations}`, utf8(salt), hex(tag)),
  ],
  [
    /^scrypt:(\d{1,10}):(\d{1,10}):(\d{1,10})\$([^$]+)\$([0-9a-f]+)$/,
    (n, r, p, salt, tag) => phcOf('scrypt', scryptParameters(n, r, p), utf8(salt), hex(tag)),
  ],
  // LDAP: the digest, then the salt.
  [
    /^\{SSHA512\}([A-Za-z0-9+/]+={0,2})$/,
    (text) => {
      const bytes = base64(text);
      return phcOf('salted-sha512', 'first=0', bytes.subarray(64), bytes.subarray(0, 64));
    },
  ],
];

const maxLength = 1024;

/**
 * The stored form of a hash that another system made. Throws INVALID_DATA, with the reason and without the hash, when
 * its kind is unknown, when it is malformed, and when a comparison would cost far too much.
 */
export function adoptHash(foreign: ForeignHash): string {
  const { hash, kind, salt, parameters } = foreign;
  const isBare = salt !== undefined || parameters !== undefined;
  const stored = hash.length > maxLength ? undefined : isBare ? composeHash(foreign) : toCanonical(hash);
  if (stored === undefined) {
    throw invalidField('hash', 'is not of a known kind; a bare hash needs hash_kind, salt and hash_params');
  }
  const read = readHash(stored);
  if ('refused' in read) throw invalidField('hash', read.refused);
  if (kind !== undefined && kind !== kindOf(stored))
    throw invalidField('hash_kind', 'is not the kind of the hash');
  return stored;
}

function kindOf(stored: string): string | undefined {
  if (stored.startsWith('$2')) return 'bcrypt';
  return stored.startsWith('$6$') ? 'sha512-crypt' : stored.split('$')[1];
}

function toCanonical(hash: string): string | undefined {
  for (const [pattern, convert] of spellings) {
    const match = pattern.exec(hash);
    if (match !== null) return convert(...match.slice(1));
  }
  return undefined;
}

/** N is written as its logarithm; as 0, which is refused, when it is not a power of two. */
function scryptParameters(n = '', r = '', p = ''): string {
  const logarithm = Math.log2(Number(n));
  return `ln=${Number.isInteger(logarithm) ? logarithm : 0},r=${r},p=${p}`;
}

const utf8 = (text = '') => Buffer.from(text);
const hex = (text = '') => Buffer.from(text, 'hex');
const base64 = (text = '') => Buffer.from(text, 'base64');
