import type { JsonObject } from '@latchkey/verify/internal';
import { AppError } from '../../../kernel/errors.ts';
import { type CsvRow, decodeCell, readCsvRows } from './csv-rows.ts';
import type { Row } from './row.ts';

/**
 * Reads the rows of CSV by the names in its first line, or by these, where CSV of the system has no such line. Cells
 * behind the last name are passed over when they are empty. Throws INVALID_DATA for a header that is not UTF-8, or that is
 * an account.
 */
export async function* readNamedCsvRows(
  source: AsyncIterable<Buffer>,
  columns: readonly string[] | undefined,
): AsyncGenerator<readonly Row[]> {
  let names: readonly string[] | undefined;
  for await (const rows of readCsvRows(source, { escaped: true })) {
    const named: Row[] = [];
    for (const row of rows) {
      if (isFrame(row)) continue;
      const isHeader = names === undefined && (columns === undefined || isHeaderOf(columns, row));
      names ??= isHeader ? headerOf(row) : columns;
      if (!isHeader) named.push(rowOf(row, names!));
    }
    yield named;
  }
}

/** What `sqlcmd` and `psql` print around the rows: a line of dashes, and how many there are. */
function isFrame({ cells }: CsvRow): boolean {
  return (
    cells.every((cell) => /^\s*-+\s*$/.test(cell)) ||
    (cells.length === 1 && /^\s*\(\d+ rows?(?: affected)?\)\s*$/.test(cells[0]!))
  );
}

function isHeaderOf([first]: readonly string[], { cells }: CsvRow): boolean {
  return cells[0]?.toLowerCase() === first?.toLowerCase();
}

function headerOf({ cells }: CsvRow): readonly string[] {
  return cells.map((cell) => {
    const name = decodeCell(cell)?.trim();
    if (name === undefined) throw new AppError('INVALID_DATA', { detail: 'The first line is not UTF-8.' });
    if (/@|^\$/.test(name)) {
      throw new AppError('INVALID_DATA', {
        detail: 'The first line must name the columns, and it holds an account: export with a header.',
      });
    }
    return name;
  });
}

function rowOf({ line, cells }: CsvRow, names: readonly string[]): Row {
  return {
    line,
    text: JSON.stringify([names.length, ...cells]),
    members() {
      const isWhole = names.length <= cells.length || names.length - cells.length <= 1;
      if (!isWhole || cells.slice(names.length).some((cell) => cell !== '')) {
        throw new AppError('INVALID_DATA', {
          detail: `The record has ${cells.length} fields, not ${names.length}.`,
        });
      }
      return Object.fromEntries(names.map((name, i) => [name, textOf(cells[i] ?? '')])) as JsonObject;
    },
  };
}

function textOf(cell: string): string {
  const text = decodeCell(cell);
  if (text === undefined) throw new AppError('INVALID_DATA', { detail: 'The record is not UTF-8.' });
  return text;
}
