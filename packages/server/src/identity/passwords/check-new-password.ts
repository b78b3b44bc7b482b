import { AppError } from '../../kernel/errors.ts';
import { foldText } from '../../kernel/spelling.ts';
import { isCommonPassword } from './common-passwords.ts';
import { isKeyboardWalk } from './keyboard-walks.ts';
import { lengthOf, normalizePassword } from './password.ts';

/** Whose password it will be, as far as that is known. */
export interface PasswordOwner {
  readonly login?: string;
  readonly name?: string;
  readonly emails?: readonly string[];
}

const product = 'latchkey';

/**
 * Checks a new password against the policy; returns its normal form. Length is in code points; there are no
 * composition rules. Throws what `normalizePassword` throws, PASSWORD_TOO_SHORT and PASSWORD_TOO_COMMON.
 */
export function checkNewPassword(password: string, minLength: number, owner: PasswordOwner): string {
  const normal = normalizePassword(password);
  if (lengthOf(normal) < minLength) {
    throw new AppError('PASSWORD_TOO_SHORT', { detail: `A password has at least ${minLength} characters.` });
  }
  const reason = whyCommon(normal, wordsOf(owner));
  if (reason !== undefined) throw new AppError('PASSWORD_TOO_COMMON', { detail: reason });
  return normal;
}

/** Words that an attacker would try first, as they are and without what stands between their letters and digits. */
function wordsOf({ login, name, emails = [] }: PasswordOwner): string[] {
  const given = [login, ...emails].filter((word) => word !== undefined);
  const words = [...given, ...given.map((word) => word.split('@')[0]!), name ?? '', product].map(foldText);
  return [...new Set([...words, ...words.map(bare)])];
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

function whyCommon(password: string, words: readonly string[]): string | undefined {
  const folded = foldText(password);
  if (new Set(folded).size <= 2) return 'It repeats one or two characters.';
  if (isRun(folded)) return 'It is a run of neighbouring characters, such as abcd or 4321.';
  if (
    words.some((word) => word.length >= 3 && [folded, bare(folded)].some((text) => isRepetition(text, word)))
  )
    return 'It is your name, your login or the name of this service.';
  const unit = repeatedUnit(folded);
  if (unit !== undefined && unit.length <= 4) return 'It repeats a few characters.';
  if (isKeyboardWalk(folded)) return 'It follows neighbouring keys.';
  if ([folded, unit ?? '', stripAffixes(folded)].some(isCommonPassword) || isPaddedCommonPassword(folded))
    return 'It is one of the passwords that are tried first.';
  return undefined;
}

/** Whether the password is only the word, repeated, with digits and punctuation. */
function isRepetition(password: string, word: string): boolean {
  return password.includes(word) && /^[\p{N}\p{P}\p{S}\s]*$/u.test(password.replaceAll(word, ''));
}

/**
 * Whether the password is one common password, repeated or not, with only digits, punctuation and keyboard
 * walks around it.
 */
function isPaddedCommonPassword(password: string): boolean {
  const chunks = password.split(/[\p{N}\p{P}\p{S}\s]+/u).filter((chunk) => chunk !== '');
  const others = new Set(chunks.filter((chunk) => !isKeyboardWalk(chunk)));
  const [word, ...more] = others;
  if (chunks.length === 0 || more.length > 0) return false;
  return word === undefined || [word, repeatedUnit(word) ?? ''].some(isCommonPassword);
}

/** Removes digits and punctuation from both ends, where most people add them. */
function stripAffixes(password: string): string {
  return password.replace(/^[\p{N}\p{P}\p{S}\s]+/u, '').replace(/[\p{N}\p{P}\p{S}\s]+$/u, '');
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
