import { randomBytes } from 'node:crypto';
import { accountIdOf, type SessionId } from '../kernel/ids.ts';
import type { Ids } from '../kernel/ports.ts';

const half = 2 ** 52;

/** Ids and secrets from the system's random generator. */
export const randomIds: Ids = {
  // The upper half of 53 bits: 52 random bits, always 16 digits, and never the number of a year or a port.
  accountId: () => accountIdOf(half + Number(randomBytes(8).readBigUInt64LE() >> 12n)),
  sessionId: () => randomText(16) as SessionId,
  unique: () => randomText(16),
  secret: () => randomText(32),
};

function randomText(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
