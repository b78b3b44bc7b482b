import { invalidField } from '../../kernel/errors.ts';
import type { ForeignHash } from '../../kernel/ports.ts';
import { phcOf } from './phc.ts';
import {
  base64,
  firebaseScryptOf,
  hmacOf,
  pbkdf2Of,
  saltedOf,
  scryptOf,
  utf8,
} from './spellings/spelling.ts';

/** What a bare hash is made of. `count` reads a whole number of the parameters. */
interface Parts {
  readonly salt: Buffer;
  readonly tag: Buffer;
  readonly given: Readonly<Record<string, unknown>>;
  count(name: string): number;
}

/** How a bare hash of a kind becomes a PHC string, and the names of its parameters besides the encodings. */
interface BareKind {
  readonly names: readonly string[];
  /** Whether there is no salt. */
  readonly unsalted?: true;
  compose(parts: Parts): string;
}

const digests = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;

const kinds: Readonly<Record<string, BareKind>> = {
  ...Object.fromEntries(digests.slice(1).map((digest) => [`pbkdf2-${digest}`, pbkdf2(digest)])),
  scrypt: {
    names: ['n', 'r', 'p'],
    compose({ salt, tag, count }) {
      if (!Number.isInteger(Math.log2(count('n'))))
        throw invalidField('hash_params', 'must have n, a power of two');
      return scryptOf(count('n'), `${count('r')}`, `${count('p')}`, salt, tag);
    },
  },
  argon2id: argon2('argon2id'),
  argon2i: argon2('argon2i'),
  argon2d: argon2('argon2d'),
  'firebase-scrypt': {
    names: ['signer_key', 'salt_separator', 'rounds', 'mem_cost'],
    compose: firebaseScrypt,
  },
  ...Object.fromEntries(digests.map((digest) => [`salted-${digest}`, salted(digest)])),
  ...Object.fromEntries(digests.map((digest) => [`hmac-${digest}`, hmac(digest)])),
  ...Object.fromEntries(digests.map((digest) => [digest, unsalted(digest)])),
};

function pbkdf2(digest: string): BareKind {
  const compose = ({ salt, tag, count }: Parts) => pbkdf2Of(digest, count('iterations'), salt, tag);
  return { names: ['iterations'], compose };
}

function argon2(variant: string): BareKind {
  const compose = ({ salt, tag, count }: Parts) => {
    const parameters = `m=${count('memory')},t=${count('passes')},p=${count('parallelism')}`;
    return phcOf(variant, parameters, salt, tag, 19);
  };
  return { names: ['memory', 'passes', 'parallelism'], compose };
}

function salted(digest: (typeof digests)[number]): BareKind {
  const compose = ({ salt, tag, given }: Parts) => {
    const position = given.salt_position;
    if (position !== 'first' && position !== 'last')
      throw invalidField('hash_params', 'must have salt_position, first or last');
    return saltedOf(digest, salt, tag, position);
  };
  return { names: ['salt_position'], compose };
}

function hmac(digest: string): BareKind {
  return { names: [], compose: ({ salt, tag }) => hmacOf(digest, salt, tag) };
}

function unsalted(digest: (typeof digests)[number]): BareKind {
  return { names: [], unsalted: true, compose: ({ salt, tag }) => saltedOf(digest, salt, tag, 'last') };
}

/** What Firebase writes for the hash where whoever exports may not see it. */
const withheld = 'REDACTED';

function firebaseScrypt({ salt, tag, given, count }: Parts): string {
  if (tag.toString() === withheld) {
    const permission = 'firebaseauth.configs.getHashConfig';
    throw invalidField('hash', `was withheld by Firebase: an export needs the permission ${permission}`);
  }
  const bytesOf = (name: string) => {
    const value = given[name];
    if (typeof value === 'string' && base64Pattern.test(value)) return base64(value);
    throw invalidField('hash_params', `must have ${name} in base64`);
  };
  const signerKey = bytesOf('signer_key');
  const separator = given.salt_separator === '' ? Buffer.alloc(0) : bytesOf('salt_separator');
  const numbers = { cost: count('mem_cost'), rounds: count('rounds'), parallelism: 1 };
  const stored = firebaseScryptOf({ ...numbers, salt, separator, signerKey, hash: tag });
  if (stored === undefined) throw invalidField('hash', 'is not as long as signer_key');
  return stored;
}

/**
 * The stored spelling of a hash whose kind and parameters are given beside it; undefined when the hash is to say all of
 * that by itself. Throws INVALID_DATA.
 */
export function composeHash(foreign: ForeignHash): string | undefined {
  const { hash, kind, salt, parameters } = foreign;
  const isBcrypt = /^\$2[aby]\$/.test(hash);
  if (kind === 'bcrypt-sha256-hex' && isBcrypt && parameters === undefined)
    return `$bcrypt-sha256-hex${hash}`;
  if (salt === undefined && parameters === undefined) return undefined;
  if (kind === 'bcrypt' && isBcrypt && salt === undefined) return pepperedBcrypt(hash, parameters ?? {});
  return composeBareHash(foreign);
}

function pepperedBcrypt(hash: string, { pepper, ...rest }: Readonly<Record<string, unknown>>): string {
  const isPepper = typeof pepper === 'string' && pepper !== '' && pepper.length <= 256;
  if (!isPepper || Object.keys(rest).length > 0)
    throw invalidField('hash_params', 'can only have pepper beside a bcrypt hash, 1 to 256 characters');
  return `$bcrypt-pepper$${utf8(pepper).toString('base64').replace(/=+$/, '')}${hash}`;
}

function composeBareHash({ hash, kind, salt, parameters }: ForeignHash): string {
  const known = kind !== undefined && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (known === undefined) throw invalidField('hash_kind', `must be one of ${Object.keys(kinds).join(', ')}`);
  if (salt === undefined && !known.unsalted) throw invalidField('salt', 'is missing');
  if (salt !== undefined && known.unsalted) throw invalidField('salt', `has no place in ${kind}`);
  const byDefault = kind === 'firebase-scrypt' ? 'base64' : undefined;
  const { encoding = byDefault, salt_encoding: saltEncoding = encoding, ...given } = parameters ?? {};
  for (const name of Object.keys(given)) {
    if (!known.names.includes(name))
      throw invalidField(
        'hash_params',
        `can only have ${['encoding', 'salt_encoding', ...known.names].join(', ')}`,
      );
  }
  return known.compose({
    given,
    salt: salt === undefined ? Buffer.alloc(0) : decode('salt', salt, saltEncoding),
    tag: decode('hash', hash, encoding === 'utf8' ? undefined : encoding),
    count: (name) => countOf(given, name),
  });
}

function countOf(given: Parts['given'], name: string): number {
  const value = given[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= 9_999_999_999)
    return value;
  throw invalidField('hash_params', `must have ${name}, a whole number from 1 to 9999999999`);
}

/** Also the alphabet of URLs. */
const base64Pattern = /^[A-Za-z0-9+/_-]+={0,2}$/;

function decode(field: 'hash' | 'salt', text: string, encoding: unknown): Buffer {
  if (encoding === 'utf8') return Buffer.from(text);
  if (encoding === 'hex' && /^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  if (encoding === 'base64' && base64Pattern.test(text)) return base64(text);
  if (encoding === 'hex' || encoding === 'base64') throw invalidField(field, `is not ${encoding}`);
  throw invalidField(
    'hash_params',
    'must have encoding, hex or base64, and salt_encoding, hex, base64 or utf8, if the salt has another',
  );
}
