import { CsvError, type Parser, parse } from 'csv-parse';
import { AppError } from '../../../kernel/errors.ts';
import { decodeText, maxRecordBytes } from './bytes.ts';
import { peek } from './decode-source.ts';
import { createLineCounter } from './line-counter.ts';
import { readTabRows } from './tab-rows.ts';

export interface CsvRow {
  /** Where it begins, from 1. */
  readonly line: number;
  /** One character for each byte: `decodeCell` reads them. */
  readonly cells: readonly string[];
}

/** The most bytes in which the first line is looked for. */
const maxHeaderBytes = 64 * 1024;

/**
 * Reads the rows of CSV (RFC 4180), those of each chunk together. The first line decides whether commas, semicolons or
 * tabs are between the cells; with `escaped`, tabs mean the form of databases, see `readTabRows`. Throws INVALID_DATA for unbalanced quotes, after which no record can be found.
 */
export async function* readCsvRows(
  source: AsyncIterable<Buffer>,
  { escaped = false } = {},
): AsyncGenerator<readonly CsvRow[]> {
  const { start, whole } = await peekLine(source);
  const delimiter = delimiterOf(start);
  if (escaped && delimiter === '\t') {
    yield* readTabRows(whole);
    return;
  }
  let rows: CsvRow[] = [];
  const lines = createLineCounter();
  const parser = parse({
    // One character per byte: each cell is decoded by itself later.
    encoding: 'latin1',
    delimiter,
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRecordBytes,
    // Returned records would wait in the stream; they are collected here instead.
    on_record(cells: string[], { bytes }) {
      rows.push({ line: lines.startOf(cells, bytes), cells });
      return null;
    },
  });
  parser.on('error', () => {}).resume();
  try {
    for await (const chunk of whole) {
      lines.add(chunk);
      await write(parser, chunk);
      if (rows.length > 0) yield rows;
      rows = [];
    }
    await write(parser, undefined);
  } catch (error) {
    yield rows;
    throw error instanceof CsvError ? toAppError(error) : error;
  }
  yield rows;
}

/** The text of a cell; undefined when it is not UTF-8. */
export function decodeCell(cell: string): string | undefined {
  return /^[\0-\x7f]*$/.test(cell) ? cell : decodeText(Buffer.from(cell, 'latin1'));
}

async function peekLine(source: AsyncIterable<Buffer>) {
  let peeked = await peek(source, 1);
  while (peeked.start.length < maxHeaderBytes && !peeked.start.includes('\n')) {
    const { length } = peeked.start;
    peeked = await peek(peeked.whole, length + 1);
    if (peeked.start.length === length) break;
  }
  return peeked;
}

/** What is between the cells. A name of a column has none of the three, unless it is quoted. */
function delimiterOf(start: Buffer): string {
  const [first = ''] = start.toString('latin1').split('\n', 1);
  const names = first.replace(/"[^"]*"/g, '');
  return [',', ';', '\t'].find((mark) => names.includes(mark)) ?? ',';
}

/** Writes a chunk, or the end, and waits until it is parsed. */
function write(parser: Parser, chunk: Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.once('error', reject);
    const done = (error?: Error | null) => {
      parser.off('error', reject);
      if (error) reject(error);
      else resolve();
    };
    if (chunk === undefined) parser.end(done);
    else parser.write(chunk, done);
  });
}

/** Leaves out the library's message, which quotes the input. */
function toAppError({ code, lines }: CsvError & { readonly lines?: number }): AppError {
  const reason =
    code === 'CSV_MAX_RECORD_SIZE'
      ? `A record is longer than ${maxRecordBytes} bytes`
      : 'The quotes are unbalanced';
  return new AppError('INVALID_DATA', {
    detail: `${reason}, near line ${lines ?? '?'}: nothing after it was read.`,
  });
}
