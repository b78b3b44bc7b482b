import { invalidField } from '../../kernel/errors.ts';
import type { ForeignHash } from '../../kernel/ports.ts';
import { composeHash } from './compose-hash.ts';
import { readHash } from './hash-formats.ts';
import type { Kind } from './kinds/kind.ts';
import { isNoPassword } from './no-password.ts';
import { isPhcKind } from './phc-kinds.ts';
import { cryptSpellings } from './spellings/crypt.ts';
import { kratosSpellings } from './spellings/kratos.ts';
import { ldapSpellings } from './spellings/ldap.ts';
import { otherSpellings } from './spellings/others.ts';
import { phpSpellings } from './spellings/php.ts';
import { pythonSpellings } from './spellings/python.ts';
import type { Spelling } from './spellings/spelling.ts';
import { springSpellings } from './spellings/spring.ts';

/** What some systems put before a hash that names its kind itself: LDAP, Dovecot, Spring Security, Django. */
const prefix =
  /^(?:\{(?:CRYPT|BCRYPT|BLF-CRYPT|MD5-CRYPT|SHA256-CRYPT|SHA512-CRYPT|ARGON2(?:ID|I|D)?|SCRYPT|LDAP)(?:@\w+)?\}(?=[${])|bcrypt\$(?=\$2)|argon2(?=\$argon2))/i;

const spellings: readonly Spelling[] = [
  ...cryptSpellings,
  ...pythonSpellings,
  ...kratosSpellings,
  ...springSpellings,
  ...ldapSpellings,
  ...phpSpellings,
  ...otherSpellings,
];

/** Hashes that are stored as they are, but for the padding of base64. */
const plain = /^\$(?:(2[abxy]?|5|6|wp|wrapped|bcrypt-(?:sha256(?:-hex)?|pepper))\$|([a-z0-9-]+)\$)/;

/** Why well-known kinds are refused. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/^(?:\{(?:noop|PLAIN|CLEAR|CLEARTEXT)\}|plain:)/i, 'is the password itself, and not a hash of it'],
  [/^(?:\{CRYPT\})?\$(?:y|gy|7)\$/i, 'is yescrypt, which cannot be computed here'],
  [/^(?:\{(?:CRYPT|BCRYPT|BLF-CRYPT)\})?\$2x?\$/i, 'is of a faulty version of bcrypt'],
  [/^\{(?:SASL|KERBEROS)\}/i, 'says that another system checks the password'],
];

const unknown = 'is not of a known kind; a bare hash needs hash_kind, salt and hash_params';

const maxLength = 1024;

/**
 * What a hash that another system made is here, to be hardened and stored. Throws INVALID_DATA, with the reason and
 * without the hash, when its kind is unknown, when it is malformed, when it says that there is no password, and when a
 * comparison would cost far too much.
 */
export function adoptHash(given: ForeignHash): string {
  // Columns of a fixed width fill up with spaces.
  const foreign = { ...given, hash: given.hash.trim() };
  const { hash, kind } = foreign;
  const stored = hash.length > maxLength ? undefined : (composeHash(foreign) ?? toCanonical(hash));
  const refused = stored === undefined ? unknown : refusalOf(readHash(stored));
  if (stored === undefined || refused !== undefined) throw invalidField('hash', reasonFor(hash) ?? refused!);
  if (kind !== undefined && foreign.parameters === undefined && kind !== kindOf(stored))
    throw invalidField('hash_kind', 'is not the kind of the hash');
  return stored;
}

function refusalOf(kind: Kind): string | undefined {
  return 'refused' in kind ? kind.refused : undefined;
}

/** A better reason than that the hash cannot be read. */
function reasonFor(hash: string): string | undefined {
  if (isNoPassword(hash)) return 'says that there is no password';
  return refusals.find(([pattern]) => pattern.test(hash))?.[1];
}

function kindOf(stored: string): string | undefined {
  if (stored.startsWith('$2')) return 'bcrypt';
  const id = stored.split('$')[1];
  return id === '5' ? 'sha256-crypt' : id === '6' ? 'sha512-crypt' : id;
}

function toCanonical(hash: string): string | undefined {
  // Most imports hold nothing else.
  if (/^\$(?:2[aby]|argon2id|argon2i)\$/.test(hash)) return withoutPadding(hash);
  const bare = hash.replace(prefix, '');
  if (bare !== hash) return toCanonical(bare);
  for (const [pattern, convert] of spellings) {
    const match = pattern.exec(hash);
    if (match !== null) return convert(...match.slice(1));
  }
  const [, own, id] = plain.exec(hash) ?? [];
  return own !== undefined || (id !== undefined && isPhcKind(id)) ? withoutPadding(hash) : undefined;
}

function withoutPadding(hash: string): string {
  return hash.replace(/=+(?=\$|$)/g, '');
}
