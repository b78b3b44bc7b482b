import { readFileSync } from 'node:fs';

let list: string | undefined;

/**
 * Whether a password, in NFKC and lower case, is one of the most common ones of four characters or more. The list is
 * read with the first password that is checked; one scan of it takes less than a thousandth of a hash.
 */
export function isCommonPassword(folded: string): boolean {
  list ??= readFileSync(new URL('./common-passwords.txt', import.meta.url), 'utf8');
  return folded.length >= 4 && !/[\n#]/.test(folded) && list.includes(`\n${folded}\n`);
}
