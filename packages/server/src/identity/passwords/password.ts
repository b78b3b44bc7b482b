import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Tries } from './tries.ts';

/** How an account's password is stored. Times are unix milliseconds. */
export interface Password {
  readonly accountId: AccountId;
  /** A PHC string. */
  readonly hash: string;
  readonly changeTime: number;
}

/** A password with what is counted against it. */
export interface StoredPassword extends Password {
  readonly tries: Tries;
}

/** What is told of a password. */
export interface PasswordInfo {
  readonly accountId: AccountId;
  readonly changeTime: number;
  /** When it was locked; absent unless it is. */
  readonly lockTime?: number;
}

/** Code points. */
const maxPasswordLength = 256;
const maxPasswordBytes = 1024;

/**
 * The password in the form that is hashed: Unicode NFC, otherwise exactly as written (NIST SP 800-63B-4, 3.1.1.2).
 * Throws INVALID_DATA for text that is not well formed, PASSWORD_TOO_LONG beyond 256 code points or 1024 bytes.
 */
export function normalizePassword(password: string): string {
  if (password.length > maxPasswordBytes) throw new AppError('PASSWORD_TOO_LONG');
  if (!password.isWellFormed()) {
    throw new AppError('INVALID_DATA', {
      errors: [{ field: 'password', code: 'INVALID_DATA', message: 'is not well-formed Unicode' }],
    });
  }
  const normal = password.normalize('NFC');
  if (lengthOf(normal) > maxPasswordLength || Buffer.byteLength(normal) > maxPasswordBytes) {
    throw new AppError('PASSWORD_TOO_LONG', {
      detail: `A password has at most ${maxPasswordLength} characters.`,
    });
  }
  return normal;
}

/** How many characters a password has: code points. */
export function lengthOf(password: string): number {
  return [...password].length;
}
