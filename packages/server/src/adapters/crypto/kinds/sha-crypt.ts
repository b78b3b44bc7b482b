import { createHash, hash } from 'node:crypto';
import { derivation, type Kind, malformed, tooCostly } from './kind.ts';

const pattern = /^\$([56])\$(?:rounds=([1-9]\d{3,8})\$)?([./0-9A-Za-z]{1,16})\$([./0-9A-Za-z]+)$/;
const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const maxRounds = 500_000;

type Digest = 'sha256' | 'sha512';
const tagLengths = { sha256: 43, sha512: 86 } as const;

/** SHA-256 and SHA-512 crypt, `$5$salt$…` and `$6$salt$…`, as Linux and LDAP store them (akkadia.org/drepper/SHA-crypt.txt). */
export function shaCrypt(text: string): Kind {
  const [, id, rounds = '5000', salt, tag] = pattern.exec(text) ?? [];
  const digest = id === '5' ? 'sha256' : 'sha512';
  if (salt === undefined || tag!.length !== tagLengths[digest]) return malformed;
  if (Number(rounds) > maxRounds) return tooCostly;
  return derivation(Buffer.from(tag!), (password) =>
    Buffer.from(encode(derive(digest, password, Buffer.from(salt), Number(rounds)))),
  );
}

function derive(name: Digest, password: Buffer, salt: Buffer, rounds: number): Buffer {
  const other = hash(name, Buffer.concat([password, salt, password]), 'buffer');
  const start = createHash(name).update(password).update(salt).update(repeat(other, password.length));
  for (let bits = password.length; bits > 0; bits >>= 1) start.update(bits & 1 ? other : password);
  let digest = start.digest();

  const p = createHash(name);
  for (let i = 0; i < password.length; i++) p.update(password);
  const passwords = repeat(p.digest(), password.length);
  const s = createHash(name);
  for (let i = 0; i < 16 + digest[0]!; i++) s.update(salt);
  const salts = repeat(s.digest(), salt.length);

  for (let round = 0; round < rounds; round++) {
    const odd = round % 2 === 1;
    const parts = [odd ? passwords : digest];
    if (round % 3 !== 0) parts.push(salts);
    if (round % 7 !== 0) parts.push(passwords);
    parts.push(odd ? digest : passwords);
    digest = hash(name, Buffer.concat(parts), 'buffer');
  }
  return digest;
}

/** The bytes, repeated up to the length. */
function repeat(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes);
}

/** Three bytes, each a third of the digest apart, make four characters, low bits first; their order rotates. */
function encode(digest: Buffer): string {
  const third = Math.floor(digest.length / 3);
  const turn = digest.length === 64 ? 1 : 2;
  let text = '';
  for (let i = 0; i < third; i++) {
    const group = [i, i + third, i + 2 * third];
    const at = group.map((_, k) => digest[group[(k + turn * i) % 3]!]!);
    text += characters((at[0]! << 16) | (at[1]! << 8) | at[2]!, 4);
  }
  if (digest.length === 64) return text + characters(digest[63]!, 2);
  return text + characters((digest[31]! << 8) | digest[30]!, 3);
}

function characters(value: number, count: number): string {
  return Array.from({ length: count }, (_, i) => alphabet[(value >> (6 * i)) & 63]).join('');
}
