import { randomBytes } from 'node:crypto';
import { accountIdOf, type InvitationId, type SessionId, type SiteId } from '../../kernel/ids.ts';
import type { Ids } from '../../kernel/ports.ts';

const half = 2 ** 52;

/** Without 0 and O, 1 and I. */
const codeAlphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Ids and secrets from the system's random generator. */
export const randomIds: Ids = {
  accountId: () => accountIdOf(randomNumber()),
  sessionId,
  siteId: () => String(randomNumber()) as SiteId,
  invitationId: () => String(randomNumber()) as InvitationId,
  unique: () => randomText(16),
  secret: () => randomText(32),
  code: (length) => Array.from(randomBytes(length), (byte) => codeAlphabet[byte & 31]).join(''),
};

/** 52 random bits in the upper half of 53: always 16 digits, so it is never taken for a year or a port. */
function randomNumber(): number {
  return half + Number(randomBytes(8).readBigUInt64LE() >> 12n);
}

/** Never begins with a dash, so that any command takes it as an argument. */
function sessionId(): SessionId {
  for (;;) {
    const id = randomText(16);
    if (!id.startsWith('-')) return id as SessionId;
  }
}

const pool = { bytes: Buffer.alloc(0), at: 0 };

/** Fetches random bytes by the page, because a call for each id costs more than the id. Bytes that were used are wiped. */
function randomText(bytes: number): string {
  if (pool.at + bytes > pool.bytes.length) {
    pool.bytes = randomBytes(4096);
    pool.at = 0;
  }
  const part = pool.bytes.subarray(pool.at, pool.at + bytes);
  pool.at += bytes;
  const text = part.toString('base64url');
  part.fill(0);
  return text;
}
