import type { Json, JsonObject } from '@latchkey/verify/internal';
import type { ImportRecord } from '../../../import-export/import-accounts.ts';
import { fieldsOf } from '../../../import-export/systems/fields.ts';
import type { ForeignSystem, SecondTable, Surroundings } from '../../../import-export/systems/system.ts';
import { toAccountLine } from '../../../import-export/systems/to-account-line.ts';
import { AppError } from '../../../kernel/errors.ts';
import { decodeSource, peek } from './decode-source.ts';
import { readJsonRows } from './json-rows.ts';
import { readLdifRows } from './ldif-rows.ts';
import { readNamedCsvRows } from './named-csv-rows.ts';
import type { Row } from './row.ts';

export type Bytes = AsyncIterable<Buffer>;

/** The rows of an export of the system: JSON in any of its forms, CSV or LDIF, by what it begins with. */
export async function* readForeignRows(system: ForeignSystem, source: Bytes): AsyncGenerator<readonly Row[]> {
  const { start, whole } = await peekText(decodeSource(source));
  if (start === '<') {
    throw new AppError('INVALID_DATA', { detail: 'The file is XML, which is not read: export JSON or CSV.' });
  }
  if (system.isLdif) yield* readLdifRows(whole);
  else if (start === '{' || start === '[') {
    yield* readJsonRows(whole, [
      ...(system.lists ?? []),
      ...(system.second?.list ? [system.second.list] : []),
    ]);
  } else yield* readNamedCsvRows(whole, system.columns);
}

/** The accounts of an export of the system. */
export async function* readForeignRecords(
  name: string,
  system: ForeignSystem,
  source: Bytes,
  surroundings: Surroundings,
): AsyncGenerator<readonly ImportRecord[]> {
  const secondList = system.second?.list?.toLowerCase();
  for await (const rows of readForeignRows(system, source)) {
    yield rows
      .filter(({ list, text }) => (list === undefined || list !== secondList) && !isFrame(text))
      .map(({ line, text, members }) => ({
        line,
        text,
        read() {
          const account = system.read(fieldsOf(members()), surroundings);
          return 'leftOut' in account ? account : toAccountLine(name, account, surroundings.now);
        },
      }));
  }
}

/** Whether it is what phpMyAdmin's JSON begins with, before the tables. */
function isFrame(text: string): boolean {
  return /^\{\s*"type"\s*:\s*"(?:header|database)"/.test(text);
}

/**
 * Reads the whole second table from a source that holds it, in a file of its `own` or among other rows; those may be bad,
 * which is told when their turn comes. Throws INVALID_DATA for a bad row of its own file.
 */
export async function readSecondTable(
  system: ForeignSystem & { readonly second: SecondTable },
  source: Bytes,
  own: boolean,
): Promise<Surroundings['second']> {
  const values = new Map<string, Json[]>();
  const list = system.second.list?.toLowerCase();
  for await (const rows of readForeignRows(system, source)) {
    for (const row of rows) {
      if (row.list !== undefined && row.list !== list) continue;
      const members = membersOf(row, own);
      const [key, value] = (members && system.second.read(fieldsOf(members))) ?? [];
      if (key !== undefined && value !== undefined) values.set(key, [...(values.get(key) ?? []), value]);
    }
  }
  return (key) => (key === undefined ? [] : (values.get(key) ?? []));
}

function membersOf(row: Row, own: boolean): JsonObject | undefined {
  try {
    return row.members();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (!own) return undefined;
    throw new AppError(error.code, {
      detail: `Line ${row.line} of the second file: ${error.details.detail}`,
    });
  }
}

/** The first character that is no space, and the whole text. */
async function peekText(source: Bytes) {
  let peeked = await peek(source, 1);
  for (;;) {
    const text = peeked.start.toString('latin1').trimStart();
    if (text !== '') return { start: text[0]!, whole: peeked.whole };
    const { length } = peeked.start;
    peeked = await peek(peeked.whole, length + 1);
    if (peeked.start.length === length) return { start: '', whole: peeked.whole };
  }
}
