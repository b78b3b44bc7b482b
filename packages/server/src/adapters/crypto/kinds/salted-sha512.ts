import { hash } from 'node:crypto';
import type { Phc } from '../phc.ts';
import { compareTag, type Kind, malformed } from './kind.ts';

/** One SHA-512 of password and salt: `$salted-sha512$first=1$salt$tag`, where `first` is 1 when the salt comes first. */
export function saltedSha512(phc: Phc): Kind {
  const { salt, tag } = phc;
  const first = phc.parameter('first');
  if ((first !== 0 && first !== 1) || tag.length !== 64) return malformed;
  return compareTag(tag, (password) =>
    hash('sha512', Buffer.concat(first === 1 ? [salt, password] : [password, salt]), 'buffer'),
  );
}
