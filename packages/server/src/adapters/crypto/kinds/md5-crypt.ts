import { createHash, hash } from 'node:crypto';
import type { Phc } from '../phc.ts';
import { derivation, type Kind, malformed } from './kind.ts';

const rounds = 1000;

/** MD5 crypt, as old Linux and BSD have it: `$md5-crypt$apr=0$salt$tag`; with `apr=1` Apache's, which differs by its name. */
export function md5Crypt(phc: Phc): Kind {
  const { salt, tag } = phc;
  const apr = phc.parameter('apr');
  if ((apr !== 0 && apr !== 1) || salt.length > 8 || tag.length !== 16) return malformed;
  return derivation(tag, (password) => derive(password, salt, apr === 1 ? '$apr1$' : '$1$'), true);
}

function derive(password: Buffer, salt: Buffer, name: string): Buffer {
  const other = hash('md5', Buffer.concat([password, salt, password]), 'buffer');
  const start = createHash('md5').update(password).update(name).update(salt);
  start.update(Buffer.alloc(password.length, other));
  for (let bits = password.length; bits > 0; bits >>= 1)
    start.update(bits & 1 ? Buffer.alloc(1) : password.subarray(0, 1));
  let digest = start.digest();
  for (let round = 0; round < rounds; round++) {
    const odd = round % 2 === 1;
    const parts = [odd ? password : digest];
    if (round % 3 !== 0) parts.push(salt);
    if (round % 7 !== 0) parts.push(password);
    parts.push(odd ? digest : password);
    digest = hash('md5', Buffer.concat(parts), 'buffer');
  }
  return digest;
}
