import { type Expression, type SqlBool, sql } from 'kysely';
import { withAsciiDomain, withReadableDomain } from '../../../kernel/email-address.ts';
import { foldText, trimBlanks, withoutIgnorable } from '../../../kernel/spelling.ts';

/**
 * The texts in the form that is searched: folded, so that case and width do not matter; an address with its domain as DNS
 * has it, and as people read it.
 */
export function searchKeyOf(...texts: readonly string[]): string {
  return [...new Set(texts.flatMap(spellingsOf).map(fold))].join('\n');
}

function spellingsOf(text: string): string[] {
  const ascii = withAsciiDomain(text);
  return /@.*xn--/i.test(ascii) ? [text, ascii, withReadableDomain(ascii)] : [text];
}

/** Whether a folded column contains the text, without blanks at its ends unless it is nothing else. Folded here, because SQLite's `lower` only knows ASCII. */
export function contains(column: Expression<string>, text: string): Expression<SqlBool> {
  // PostgreSQL refuses a parameter with U+0000; U+FFFF is in no text of the database, so it finds nothing.
  const pattern = `%${fold(trimBlanks(text) || text)
    .replaceAll('\0', '\uffff')
    .replaceAll(/[!%_]/g, '!$&')}%`;
  // No backslash: what it is in a literal depends on a setting of PostgreSQL.
  return sql<SqlBool>`${column} like ${pattern} escape '!'`;
}

/** Without what is invisible, which nobody types and many paste. */
function fold(text: string): string {
  return foldText(withoutIgnorable(text));
}
