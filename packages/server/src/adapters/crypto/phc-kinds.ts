import { argon2 } from './kinds/argon2.ts';
import { hmac, iteratedSha256, phpass, salted } from './kinds/digest.ts';
import { type Kind, malformed } from './kinds/kind.ts';
import { md5Crypt } from './kinds/md5-crypt.ts';
import { pbkdf2 } from './kinds/pbkdf2.ts';
import { firebaseScrypt, scrypt, scryptNfkc } from './kinds/scrypt.ts';
import { type Phc, parsePhc } from './phc.ts';

/** How to read each kind of hash that is stored as a PHC string, by the first name in it. */
const kinds: Readonly<Record<string, (phc: Phc) => Kind>> = {
  argon2id: argon2('argon2id'),
  argon2i: argon2('argon2i'),
  argon2d: argon2('argon2d'),
  scrypt,
  'scrypt-nfkc': scryptNfkc,
  'firebase-scrypt': firebaseScrypt,
  'pbkdf2-sha1': pbkdf2('sha1'),
  'pbkdf2-sha256': pbkdf2('sha256'),
  'pbkdf2-sha384': pbkdf2('sha384'),
  'pbkdf2-sha512': pbkdf2('sha512'),
  'salted-md5': salted('md5'),
  'salted-sha1': salted('sha1'),
  'salted-sha256': salted('sha256'),
  'salted-sha384': salted('sha384'),
  'salted-sha512': salted('sha512'),
  'hmac-md5': hmac('md5'),
  'hmac-sha1': hmac('sha1'),
  'hmac-sha256': hmac('sha256'),
  'hmac-sha384': hmac('sha384'),
  'hmac-sha512': hmac('sha512'),
  'iterated-sha256': iteratedSha256,
  'md5-crypt': md5Crypt,
  'phpass-md5': phpass('md5'),
  'phpass-sha512': phpass('sha512'),
};

/** Whether hashes of that name are read. */
export function isPhcKind(id: string): boolean {
  return Object.hasOwn(kinds, id);
}

/** Reads a stored hash that is a PHC string. */
export function readPhcHash(hash: string): Kind {
  const phc = parsePhc(hash);
  return phc && isPhcKind(phc.id) ? kinds[phc.id]!(phc) : malformed;
}
