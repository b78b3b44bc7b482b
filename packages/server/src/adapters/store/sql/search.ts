import { type Expression, type SqlBool, sql } from 'kysely';

/** What two texts have in common that a search takes for the same. */
export function searchKeyOf(...texts: readonly string[]): string {
  return texts.map(fold).join('\n');
}

/** Whether a folded column holds the text. Folding is done here, because SQLite's `lower` knows ASCII alone. */
export function holds(column: Expression<string>, text: string): Expression<SqlBool> {
  // No text in a database holds U+FFFF; PostgreSQL refuses a parameter with U+0000.
  const pattern = `%${fold(text)
    .replaceAll('\0', '\uffff')
    .replaceAll(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`${column} like ${pattern} escape '\\'`;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
