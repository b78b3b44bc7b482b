import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';

/** How an account's password is stored. Times are unix milliseconds. */
export interface Password {
  readonly accountId: AccountId;
  /** A PHC string. */
  readonly hash: string;
  readonly changeTime: number;
}

/** Code points. */
export const maxPasswordLength = 256;
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

/** What a password must not be, besides short. */
export interface PasswordContext {
  /** Words that an attacker would try first: login, name, product. */
  readonly words: readonly string[];
}

/**
 * Checks a new password against the policy. Length counts code points; there are no rules of composition.
 * Throws what `normalizePassword` throws, PASSWORD_TOO_SHORT and PASSWORD_TOO_COMMON, and returns the normal form.
 */
export function checkNewPassword(password: string, minLength: number, context: PasswordContext): string {
  const normal = normalizePassword(password);
  if (lengthOf(normal) < minLength) {
    throw new AppError('PASSWORD_TOO_SHORT', { detail: `A password has at least ${minLength} characters.` });
  }
  const reason = whyCommon(normal, context);
  if (reason !== undefined) throw new AppError('PASSWORD_TOO_COMMON', { detail: reason });
  return normal;
}

function lengthOf(text: string): number {
  return [...text].length;
}

function whyCommon(password: string, context: PasswordContext): string | undefined {
  const folded = password.normalize('NFKC').toLowerCase();
  if (new Set(folded).size <= 2) return 'It repeats one or two characters.';
  if (isRun(folded)) return 'It is a run of neighbouring characters.';
  for (const word of context.words) {
    const bare = word.normalize('NFKC').toLowerCase();
    if (bare.length >= 3 && isRepetition(folded, bare))
      return 'It is your name, your login or the name of this service.';
  }
  const unit = repeatedUnit(folded);
  if (unit !== undefined && unit.length <= 4) return 'It repeats a few characters.';
  return undefined;
}

/** Whether only the word, repeated, and digits or punctuation make the password. */
function isRepetition(password: string, word: string): boolean {
  return password.includes(word) && /^[\p{N}\p{P}\p{S}\s]*$/u.test(password.replaceAll(word, ''));
}

function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0)!);
  const step = codes[1]! - codes[0]!;
  return (
    Math.abs(step) === 1 &&
    codes.every((code, i) => i === 0 || (code - codes[i - 1]! + 10) % 10 === (step + 10) % 10)
  );
}

function repeatedUnit(text: string): string | undefined {
  const at = (text + text).indexOf(text, 1);
  return at < text.length ? text.slice(0, at) : undefined;
}
