import { randomBytes } from 'node:crypto';
import { deriveArgon2, type HashParameters } from './kinds/argon2.ts';
import { type Kind, malformed, tooCostly } from './kinds/kind.ts';
import { parsePhc, phcOf } from './phc.ts';
import { readPhcHash } from './phc-kinds.ts';

/** `l` is the length of the inner tag. */
const pattern =
  /^\$wrapped\$([a-z0-9-]+)\$l=([1-9]\d{1,2})((?:,[a-z]+=\d+)*)\$([A-Za-z0-9+/]*)(\$argon2id\$v=19\$[^$]+\$[^$]+\$[^$]+)$/;

/** Memory in KiB times passes of the outer hash: it is computed besides the inner one, for each text of a password. */
const maxWork = 2 ** 18;

const saltLength = 16;
const tagLength = 32;

/**
 * Reads a hash whose tag was hashed again with argon2id: `$wrapped$salted-sha1$l=20,first=0$salt$argon2id$v=19$…`, the
 * settings of the inner hash without its tag, then the outer hash. Who has it must compute argon2id for each guess.
 */
export function wrappedHash(hash: string): Kind {
  const [, id, length, parameters, salt, outer] = pattern.exec(hash) ?? [];
  if (id === undefined) return malformed;
  const blank = Buffer.alloc(Number(length)).toString('base64').replace(/=+$/, '');
  const inner = readPhcHash(`$${id}$l=${length}${parameters}$${salt}$${blank}`);
  if ('refused' in inner) return inner;
  const around = readPhcHash(outer!);
  if ('refused' in around) return around;
  if (inner.fast !== true) return malformed;
  const { parameter } = parsePhc(outer!)!;
  if (parameter('m') * parameter('t') > maxWork) return tooCostly;
  return {
    ...inner,
    fast: false,
    tag: around.tag,
    derive: (password) => around.derive(inner.derive(password).toString('base64')),
  };
}

/** Wraps a fast hash, which is a PHC string. Takes as long as a new hash, and blocks its thread. */
export function wrapHash(hash: string, parameters: HashParameters): string {
  const inner = readPhcHash(hash);
  if ('refused' in inner) throw new TypeError('The hash cannot be read.');
  const [, id, all, itsSalt] = hash.split('$');
  const others = all!.split(',').filter((parameter) => !parameter.startsWith('l='));
  const setting = [`l=${inner.tag.length}`, ...others].join(',');
  const salt = randomBytes(saltLength);
  const message = Buffer.from(inner.tag.toString('base64'));
  const tag = deriveArgon2('argon2id', message, salt, tagLength, parameters);
  const { memory, passes, parallelism } = parameters;
  const outer = phcOf('argon2id', `m=${memory},t=${passes},p=${parallelism}`, salt, tag, 19);
  return `$wrapped$${id}$${setting}$${itsSalt}${outer}`;
}
