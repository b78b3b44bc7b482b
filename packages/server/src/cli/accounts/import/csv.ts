import { type Json, parseJson } from '@latchkey/verify/internal';
import { AccountLineSchema, accountLineOf } from '../../../api/import-export/account-line-json.ts';
import { readBoolean } from '../../../api/import-export/other-spellings.ts';
import type { ImportRecord } from '../../../import-export/import-accounts.ts';
import { AppError, invalidField } from '../../../kernel/errors.ts';
import { type CsvRow, decodeCell, readCsvRows } from './csv-rows.ts';

/**
 * Reads the records of CSV. The first line names the columns, in any case, which are the fields of JSON Lines. Throws
 * INVALID_DATA for a header that names anything else.
 */
export async function* readCsv(source: AsyncIterable<Buffer>): AsyncGenerator<readonly ImportRecord[]> {
  let names: readonly string[] | undefined;
  let isFirst = true;
  for await (const rows of readCsvRows(source)) {
    const records: ImportRecord[] = [];
    for (const row of rows) {
      if (names === undefined) names = readHeader(row);
      else records.push(recordOf(row, names, isFirst));
      isFirst &&= records.length === 0;
    }
    yield records;
  }
}

function readHeader({ cells }: CsvRow): readonly string[] {
  const names = cells.map((cell) => decodeCell(cell)?.trim().toLowerCase() ?? '');
  const known = Object.keys(AccountLineSchema.properties);
  const strangers = names.filter((name, i) => !known.includes(name) || names.indexOf(name) < i);
  if (strangers.length > 0) {
    const plain = strangers.filter((name) => /^[\w .-]{1,40}$/.test(name)).slice(0, 5);
    const found = plain.length > 0 ? ` It has ${plain.join(', ')}.` : '';
    throw new AppError('INVALID_DATA', {
      detail: `The first line must name the columns, each once.${found} The columns are ${known.join(', ')}. A file of another system is read with --from.`,
    });
  }
  return names;
}

/** The first record identifies an import, so its text includes the header. */
function recordOf({ line, cells }: CsvRow, names: readonly string[], isFirst: boolean): ImportRecord {
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
  if (type === 'boolean') return readBoolean(text) as Json;
  if (type === 'array') return text.split(/\s+/).filter(Boolean);
  if (type !== 'object') return text;
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidField(name, `is not JSON: ${error.message}`);
    throw error;
  }
}
