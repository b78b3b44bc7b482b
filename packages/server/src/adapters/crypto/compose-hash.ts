import { invalidField } from '../../kernel/errors.ts';
import type { ForeignHash } from '../../kernel/ports.ts';
import { phcOf } from './phc.ts';

type Parameters = Readonly<Record<string, unknown>>;

/** The names of each kind's parameters, besides `encoding` and `salt_encoding`. */
const kinds: Readonly<Record<string, readonly string[]>> = {
  'pbkdf2-sha1': ['iterations'],
  'pbkdf2-sha256': ['iterations'],
  'pbkdf2-sha512': ['iterations'],
  scrypt: ['n', 'r', 'p'],
  argon2id: ['memory', 'passes', 'parallelism'],
  argon2i: ['memory', 'passes', 'parallelism'],
  argon2d: ['memory', 'passes', 'parallelism'],
  'salted-sha512': ['salt_position'],
};

/** The PHC string of a bare hash, whose kind, salt and parameters are given beside it. Throws INVALID_DATA. */
export function composeHash({ hash, kind, salt, parameters }: ForeignHash): string {
  const names = kind !== undefined && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (names === undefined) {
    throw invalidField('hash_kind', `must be one of ${Object.keys(kinds).join(', ')}`);
  }
  if (salt === undefined) throw invalidField('salt', 'is missing');
  const { encoding, salt_encoding: saltEncoding = encoding, ...rest } = parameters ?? {};
  for (const name of Object.keys(rest)) {
    if (!names.includes(name))
      throw invalidField('hash_params', `can only have encoding, salt_encoding, ${names.join(', ')}`);
  }
  return phcOf(
    kind!,
    phcParameters(kind!, rest),
    decode('salt', salt, saltEncoding),
    decode('hash', hash, encoding === 'utf8' ? undefined : encoding),
    kind!.startsWith('argon2') ? 19 : undefined,
  );
}

function phcParameters(kind: string, given: Parameters): string {
  if (kind === 'salted-sha512') {
    const position = given.salt_position;
    if (position !== 'first' && position !== 'last')
      throw invalidField('hash_params', 'must have salt_position, first or last');
    return `first=${position === 'first' ? 1 : 0}`;
  }
  const count = (name: string) => {
    const value = given[name];
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1 || value > 9_999_999_999)
      throw invalidField('hash_params', `must have ${name}, a whole number from 1 to 9999999999`);
    return value;
  };
  if (kind.startsWith('pbkdf2')) return `i=${count('iterations')}`;
  if (kind !== 'scrypt') return `m=${count('memory')},t=${count('passes')},p=${count('parallelism')}`;
  const logarithm = Math.log2(count('n'));
  if (!Number.isInteger(logarithm)) throw invalidField('hash_params', 'must have n, a power of two');
  return `ln=${logarithm},r=${count('r')},p=${count('p')}`;
}

function decode(field: 'hash' | 'salt', text: string, encoding: unknown): Buffer {
  if (encoding === 'utf8') return Buffer.from(text);
  if (encoding === 'hex' && /^(?:[0-9a-f]{2})+$/i.test(text)) return Buffer.from(text, 'hex');
  if (encoding === 'base64' && /^[A-Za-z0-9+/]+={0,2}$/.test(text)) return Buffer.from(text, 'base64');
  if (encoding === 'hex' || encoding === 'base64') throw invalidField(field, `is not ${encoding}`);
  throw invalidField(
    'hash_params',
    'must have encoding, hex or base64, and salt_encoding, hex, base64 or utf8, if the salt has another',
  );
}
