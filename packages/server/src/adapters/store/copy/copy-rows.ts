import { sql } from 'kysely';
import type { HeldDatabase, Row, Table } from '../sql/held-database.ts';
import { checkRow } from './check-row.ts';
import { CopyError } from './copy-error.ts';
import { createRowSum, type RowSum } from './row-sum.ts';

/** Is told how many rows are done. */
export type TellRows = (rows: number) => void;

/** Replaces the rows of a table in the target by those of the source. Throws CopyError for what cannot be copied. */
export async function copyRows(
  source: HeldDatabase,
  target: HeldDatabase,
  table: Table,
  tell: TellRows,
): Promise<RowSum> {
  // The migrations put a row into some tables.
  await target.run(sql`delete from ${sql.table(table.name)}`);
  return addUp(source, table, tell, async (rows) => {
    for (const row of rows) checkRow(table, row);
    await target.insert(table, rows);
  });
}

/** Throws CopyError unless the table in the target reads as it did in the source. */
export async function compareRows(
  target: HeldDatabase,
  table: Table,
  expected: RowSum,
  tell: TellRows,
): Promise<void> {
  const found = await addUp(target, table, tell);
  if (found.rows === expected.rows && found.digest === expected.digest) return;
  throw new CopyError(
    `The copy of ${table.name} is not the same: ${found.rows} of ${expected.rows} rows are there, or their values differ.`,
  );
}

async function addUp(
  held: HeldDatabase,
  table: Table,
  tell: TellRows,
  each?: (rows: readonly Row[]) => Promise<void>,
): Promise<RowSum> {
  const sum = createRowSum(table);
  for await (const rows of held.rows(table)) {
    await each?.(rows);
    sum.add(rows);
    tell(sum.result().rows);
  }
  return sum.result();
}
