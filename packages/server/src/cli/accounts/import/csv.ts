import { type Json, parseJson } from '@latchkey/verify/internal';
import { CsvError, type Parser, parse } from 'csv-parse';
import { AccountLineSchema, accountLineOf } from '../../../api/import-export/account-line-json.ts';
import type { ImportRecord } from '../../../import-export/import-accounts.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { maxRecordBytes, textOf, withoutMark } from './bytes.ts';
import { createLineCounter } from './line-counter.ts';

interface Row {
  readonly line: number;
  /** One character for each byte. */
  readonly cells: readonly string[];
}

/**
 * The records of CSV (RFC 4180): commas, quotes where they are needed, and a first line with the names of the columns,
 * which are those of JSON Lines. Throws INVALID_DATA for a header that names anything else, and where the quotes do not
 * fit together: nothing behind that place can be told apart.
 */
export async function* readCsv(source: AsyncIterable<Buffer>): AsyncGenerator<readonly ImportRecord[]> {
  let names: readonly string[] | undefined;
  let isFirst = true;
  for await (const rows of readRows(withoutMark(source))) {
    const records: ImportRecord[] = [];
    for (const row of rows) {
      if (names === undefined) names = namesOf(row);
      else records.push(recordOf(row, names, isFirst));
      isFirst &&= records.length === 0;
    }
    yield records;
  }
}

/** The rows of each chunk together. */
async function* readRows(source: AsyncIterable<Buffer>): AsyncGenerator<readonly Row[]> {
  let rows: Row[] = [];
  const lines = createLineCounter();
  const parser = parse({
    // Bytes as they are: what is UTF-8 is looked at cell by cell.
    encoding: 'latin1',
    record_delimiter: ['\r\n', '\n'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxRecordBytes,
    // What is returned would wait in the stream; it is taken here instead.
    on_record(cells: string[], { bytes }) {
      rows.push({ line: lines.startOf(cells, bytes), cells });
      return null;
    },
  });
  parser.on('error', () => {}).resume();
  try {
    for await (const chunk of source) {
      lines.add(chunk);
      await written(parser, chunk);
      if (rows.length > 0) yield rows;
      rows = [];
    }
    await written(parser, undefined);
  } catch (error) {
    yield rows;
    throw error instanceof CsvError ? brokenCsv(error) : error;
  }
  yield rows;
}

function written(parser: Parser, chunk: Buffer | undefined): Promise<void> {
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

/** Without the library's own words, which quote what was read. */
function brokenCsv({ code, lines }: CsvError & { readonly lines?: number }): AppError {
  const reason =
    code === 'CSV_MAX_RECORD_SIZE'
      ? `A record is longer than ${maxRecordBytes} bytes`
      : 'The quotes do not fit together';
  return new AppError('INVALID_DATA', {
    detail: `${reason}, near line ${lines ?? '?'}: nothing from there on was read.`,
  });
}

function namesOf({ cells }: Row): readonly string[] {
  const names = cells.map((cell) => decoded(cell)?.trim() ?? '');
  const known = Object.keys(AccountLineSchema.properties);
  if (new Set(names).size < names.length || names.some((name) => !known.includes(name))) {
    throw new AppError('INVALID_DATA', {
      detail: `The first line must name the columns, each once, out of ${known.join(', ')}.`,
    });
  }
  return names;
}

function decoded(cell: string): string | undefined {
  return /^[\0-\x7f]*$/.test(cell) ? cell : textOf(Buffer.from(cell, 'latin1'));
}

/** An import is known by its first record: the names count as part of it. */
function recordOf({ line, cells }: Row, names: readonly string[], isFirst: boolean): ImportRecord {
  const texts = cells.map(decoded);
  const text = JSON.stringify(isFirst ? [names, cells] : cells);
  return {
    line,
    text,
    read() {
      if (texts.length !== names.length) {
        throw new AppError('INVALID_DATA', {
          detail: `The record has ${texts.length} fields, not ${names.length}.`,
        });
      }
      const members: Record<string, Json> = {};
      for (const [i, name] of names.entries()) {
        const value = texts[i];
        if (value === undefined) throw invalidField(name, 'is not UTF-8');
        if (value !== '') members[name] = jsonOf(name, value);
      }
      return accountLineOf(members);
    },
  };
}

/** What the text of a cell is, by the type that its column has. */
function jsonOf(name: string, text: string): Json {
  const { type } = AccountLineSchema.properties[name as keyof typeof AccountLineSchema.properties];
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : text);
  if (type === 'array') return text.split(/\s+/).filter(Boolean);
  if (type !== 'object') return text;
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidField(name, `is not JSON: ${error.message}`);
    throw error;
  }
}
