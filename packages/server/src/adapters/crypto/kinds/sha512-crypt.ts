import { createHash, hash, timingSafeEqual } from 'node:crypto';
import { type Kind, malformed, tooCostly } from './kind.ts';

const pattern = /^\$6\$(?:rounds=([1-9]\d{3,8})\$)?([./0-9A-Za-z]{1,16})\$([./0-9A-Za-z]{86})$/;
const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const maxRounds = 500_000;

/** SHA-512 crypt, `$6$salt$…`, as Linux and LDAP servers store it (akkadia.org/drepper/SHA-crypt.txt). */
export function sha512Crypt(text: string): Kind {
  const [, rounds = '5000', salt, tag] = pattern.exec(text) ?? [];
  if (salt === undefined) return malformed;
  if (Number(rounds) > maxRounds) return tooCostly;
  return {
    matches: (password) => {
      const made = encode(derive(Buffer.from(password), Buffer.from(salt), Number(rounds)));
      return timingSafeEqual(Buffer.from(made), Buffer.from(tag!));
    },
  };
}

function derive(password: Buffer, salt: Buffer, rounds: number): Buffer {
  const other = hash('sha512', Buffer.concat([password, salt, password]), 'buffer');
  const start = createHash('sha512').update(password).update(salt).update(repeat(other, password.length));
  for (let bits = password.length; bits > 0; bits >>= 1) start.update(bits & 1 ? other : password);
  let digest = start.digest();

  const p = createHash('sha512');
  for (let i = 0; i < password.length; i++) p.update(password);
  const passwords = repeat(p.digest(), password.length);
  const s = createHash('sha512');
  for (let i = 0; i < 16 + digest[0]!; i++) s.update(salt);
  const salts = repeat(s.digest(), salt.length);

  for (let round = 0; round < rounds; round++) {
    const odd = round % 2 === 1;
    const parts = [odd ? passwords : digest];
    if (round % 3 !== 0) parts.push(salts);
    if (round % 7 !== 0) parts.push(passwords);
    parts.push(odd ? digest : passwords);
    digest = hash('sha512', Buffer.concat(parts), 'buffer');
  }
  return digest;
}

/** The bytes, repeated up to the length. */
function repeat(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes);
}

/** Three bytes, each a third of the digest apart, make four characters, low bits first; their order rotates. */
function encode(digest: Buffer): string {
  let text = '';
  for (let i = 0; i < 21; i++) {
    const at = [i, i + 21, i + 42].map((_, k, all) => digest[all[(k + i) % 3]!]!);
    text += characters((at[0]! << 16) | (at[1]! << 8) | at[2]!, 4);
  }
  return text + characters(digest[63]!, 2);
}

function characters(value: number, count: number): string {
  return Array.from({ length: count }, (_, i) => alphabet[(value >> (6 * i)) & 63]).join('');
}
