import { type Expression, type SqlBool, sql } from 'kysely';
import { withReadableDomain } from '../../../kernel/email-address.ts';
import { foldText, withoutIgnorable } from '../../../kernel/spelling.ts';

/** The texts in the form that is searched: folded, so that case and width do not matter; a domain as read, too. */
export function searchKeyOf(...texts: readonly string[]): string {
  return texts
    .flatMap((text) => [text, ...(/@.*xn--/i.test(text) ? [withReadableDomain(text)] : [])])
    .map(fold)
    .join('\n');
}

/** Whether a folded column contains the text. Folded here, because SQLite's `lower` only knows ASCII. */
export function contains(column: Expression<string>, text: string): Expression<SqlBool> {
  // PostgreSQL refuses a parameter with U+0000; U+FFFF is in no text of the database, so it finds nothing.
  const pattern = `%${fold(text).replaceAll('\0', '\uffff').replaceAll(/[!%_]/g, '!$&')}%`;
  // No backslash: what it is in a literal depends on a setting of PostgreSQL.
  return sql<SqlBool>`${column} like ${pattern} escape '!'`;
}

/** Without what is invisible, which nobody types and many paste. */
function fold(text: string): string {
  return foldText(withoutIgnorable(text));
}
