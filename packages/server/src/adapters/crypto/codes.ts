import { createHmac, hkdfSync, type KeyObject } from 'node:crypto';
import type { Codes, Ids } from '../../kernel/ports.ts';
import { withoutIgnorable } from '../../kernel/spelling.ts';

/**
 * One-time codes. Their hashes are HMAC-SHA-256 under a key that HKDF-SHA-256 derives from the given one, so that codes
 * cannot be guessed from a copy of the database.
 */
export function createCodes(key: KeyObject, ids: Ids): Codes {
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'latchkey/1/codes', 32));
  return {
    newCode: () => ids.code(16),
    newLongCode: () => ids.code(26),
    hash: (code) => createHmac('sha256', derived).update(bareCode(code)).digest('base64url'),
  };
}

/** The code as it was made, however it was typed or pasted: in groups, in small or in full-width letters. */
function bareCode(code: string): string {
  return withoutIgnorable(code.normalize('NFKC'))
    .replace(/[\s\p{Pd}]/gu, '')
    .toUpperCase();
}
