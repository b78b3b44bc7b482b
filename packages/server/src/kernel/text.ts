import { invalidField } from './errors.ts';
import { trimBlanks } from './spelling.ts';

/**
 * What a text for people must not have: control characters and line ends, what turns the direction of the text around it
 * (Unicode TR 36, 3.2), and what is no character.
 */
const harmful = /[\p{Cc}\p{Cs}\u2028\u2029\p{Bidi_Control}\p{Noncharacter_Code_Point}\ufeff\ufff9-\ufffb]/u;

/**
 * The text without blanks at its ends, in NFC. Throws INVALID_DATA when nothing is then seen of it, when it is longer
 * than `max` code units, or has control characters, also such as turn the direction of what follows.
 */
export function checkText(field: string, text: string, max: number): string {
  const normal = text.normalize('NFC').trim();
  if (trimBlanks(normal) === '' || normal.length > max || harmful.test(normal)) {
    throw invalidField(field, `must be 1 to ${max} characters without control characters`);
  }
  return normal;
}
