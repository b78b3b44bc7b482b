import { type Json, parseJson } from '@latchkey/verify/internal';
import { CsvError, type Parser, parse } from 'csv-parse';
import { AccountLineSchema, accountLineOf } from '../../../api/import-export/account-line-json.ts';
import type { ImportRecord } from '../../../import-export/import-accounts.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { decodeText, maxRecordBytes, skipByteOrderMark } from './bytes.ts';
import { createLineCounter } from './line-counter.ts';

interface Row {
  readonly line: number;
  /** One character for each byte. */
  readonly cells: readonly string[];
}

/**
 * Reads the records of CSV (RFC 4180). The first line names the columns, which are the fields of JSON Lines. Throws
 * INVALID_DATA for a header that names anything else, and for unbalanced quotes, after which no record can be found.
 */
export async function* readCsv(source: AsyncIterable<Buffer>): AsyncGenerator<readonly ImportRecord[]> {
  let names: readonly string[] | undefined;
  let isFirst = true;
  for await (const rows of readRows(skipByteOrderMark(source))) {
    const records: ImportRecord[] = [];
    for (const row of rows) {
      if (names === undefined) names = readHeader(row);
      else records.push(recordOf(row, names, isFirst));
      isFirst &&= records.length === 0;
    }
    yield records;
  }
}

/** Reads rows, those of each chunk together. */
async function* readRows(source: AsyncIterable<Buffer>): AsyncGenerator<readonly Row[]> {
  let rows: Row[] = [];
  const lines = createLineCounter();
  const parser = parse({
    // One character per byte: each cell is decoded by itself later.
    encoding: 'latin1',
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
    for await (const chunk of source) {
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

function readHeader({ cells }: Row): readonly string[] {
  const names = cells.map((cell) => decodeCell(cell)?.trim() ?? '');
  const known = Object.keys(AccountLineSchema.properties);
  if (new Set(names).size < names.length || names.some((name) => !known.includes(name))) {
    throw new AppError('INVALID_DATA', {
      detail: `The first line must name the columns, each once. The columns are ${known.join(', ')}.`,
    });
  }
  return names;
}

function decodeCell(cell: string): string | undefined {
  return /^[\0-\x7f]*$/.test(cell) ? cell : decodeText(Buffer.from(cell, 'latin1'));
}

/** The first record identifies an import, so its text includes the header. */
function recordOf({ line, cells }: Row, names: readonly string[], isFirst: boolean): ImportRecord {
  const texts = cells.map(decodeCell);
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
        if (value !== '') members[name] = toJson(name, value);
      }
      return accountLineOf(members);
    },
  };
}

/** Converts the text of a cell to the type of its column. */
function toJson(name: string, text: string): Json {
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
