import { invalidField } from './errors.ts';

/** A text of at least one visible character and at most `max` code units, trimmed, in NFC, without control characters. Throws INVALID_DATA. */
export function checkText(field: string, text: string, max: number): string {
  const normal = text.normalize('NFC').trim();
  if (normal.length === 0 || normal.length > max || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(normal)) {
    throw invalidField(field, `must be 1 to ${max} characters without control characters`);
  }
  return normal;
}

/** What two spellings of one address have in common: mailboxes that differ only in case do not exist in practice. */
export function emailKeyOf(email: string): string {
  return email.toLowerCase();
}
