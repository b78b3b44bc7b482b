import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';
import type { Codes, Ids } from '../../kernel/ports.ts';

/**
 * One-time codes. Their hashes are HMAC-SHA-256 under a key that HKDF-SHA-256 derives from the given one, so that codes
 * cannot be guessed from a copy of the database.
 */
export function createCodes(key: KeyObject, ids: Ids): Codes {
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'latchkey/1/codes', 32));
  return {
    newCode: () => ids.code(16),
    newLongCode: () => ids.code(26),
    hash: (code) =>
      createHmac('sha256', derived).update(code.replace(/[\s-]/g, '').toUpperCase()).digest('base64url'),
  };
}
