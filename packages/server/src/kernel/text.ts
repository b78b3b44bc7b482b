import { invalidField } from './errors.ts';

/**
 * The text, trimmed and in NFC. Throws INVALID_DATA when it is then empty, longer than `max` code units, or has control
 * characters.
 */
export function checkText(field: string, text: string, max: number): string {
  const normal = text.normalize('NFC').trim();
  if (normal.length === 0 || normal.length > max || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(normal)) {
    throw invalidField(field, `must be 1 to ${max} characters without control characters`);
  }
  return normal;
}
