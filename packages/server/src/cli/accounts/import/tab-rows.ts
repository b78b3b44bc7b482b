import { AppError } from '../../../kernel/errors.ts';
import { maxRecordBytes } from './bytes.ts';
import type { CsvRow } from './csv-rows.ts';
import { readLines } from './lines.ts';

/** What stands behind a backslash for something else. */
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/**
 * Reads rows with tabs between the cells as databases write them (`mysql --batch`, PostgreSQL's COPY): one line a row, a
 * backslash before what would end a cell, and quotes that are letters. A cell that is quoted as a whole, as spreadsheets do,
 * loses its quotes. One character for each byte. Throws INVALID_DATA for a line that is too long.
 */
export async function* readTabRows(source: AsyncIterable<Buffer>): AsyncGenerator<readonly CsvRow[]> {
  for await (const lines of readLines(source, maxRecordBytes)) {
    const rows: CsvRow[] = [];
    for (const { number, bytes } of lines) {
      if (bytes === undefined) {
        yield rows;
        throw new AppError('INVALID_DATA', {
          detail: `Line ${number} is longer than ${maxRecordBytes} bytes: nothing after it was read.`,
        });
      }
      if (bytes.length > 0)
        rows.push({ line: number, cells: bytes.toString('latin1').split('\t').map(cellOf) });
    }
    yield rows;
  }
}

function cellOf(text: string): string {
  const quoted = /^"((?:[^"]|"")*)"$/.exec(text)?.[1];
  if (quoted !== undefined) return quoted.replaceAll('""', '"');
  return text === '\\N' ? text : text.replace(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter);
}
