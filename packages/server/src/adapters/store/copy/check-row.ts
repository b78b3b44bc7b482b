import type { Column, Row, Table } from '../sql/held-database.ts';
import { StoreError } from '../store-error.ts';

/**
 * Throws StoreError for a value that not every database can hold as it is. Latchkey stores none; somebody else may have,
 * because SQLite takes any value in any column. Names the row by its first column, which is no secret in any table.
 */
export function checkRow({ name, columns }: Table, row: Row): void {
  const wrong = columns.find((column) => !fits(column, row[column.name]));
  if (wrong === undefined) return;
  const [first] = columns;
  const where = `${name}.${wrong.name}, in the row whose ${first!.name} is ${JSON.stringify(row[first!.name])}`;
  throw new StoreError(`A value is not what Latchkey stores, and cannot be copied: ${where}.`);
}

function fits({ type }: Column, value: unknown): boolean {
  if (value === null) return true;
  if (type === 'integer') return Number.isSafeInteger(value);
  if (type === 'real') return Number.isFinite(value);
  // PostgreSQL has no text with U+0000.
  return typeof value === 'string' && !value.includes('\0');
}
