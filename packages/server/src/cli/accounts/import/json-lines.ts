import { isJsonObject, type Json, type JsonObject, parseJson } from '@latchkey/verify/internal';
import { accountLineOf } from '../../../api/import-export/account-line-json.ts';
import type { ImportRecord } from '../../../import-export/import-accounts.ts';
import { AppError } from '../../../kernel/errors.ts';
import { decodeText, maxRecordBytes, rawText } from './bytes.ts';
import { readLines } from './lines.ts';

/** Reads the records of JSON Lines: one object per line. Empty lines are skipped. */
export async function* readJsonLines(source: AsyncIterable<Buffer>): AsyncGenerator<readonly ImportRecord[]> {
  for await (const lines of readLines(source, maxRecordBytes)) {
    const records: ImportRecord[] = [];
    for (const { number, bytes } of lines) {
      if (bytes === undefined) records.push({ line: number, text: 'too long', read: refuseLength });
      else if (!isBlank(bytes)) records.push(recordOf(number, bytes));
    }
    yield records;
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09);
}

function recordOf(line: number, bytes: Buffer): ImportRecord {
  const text = decodeText(bytes);
  if (text === undefined) return { line, text: rawText(bytes), read: refuseEncoding };
  return { line, text, read: () => accountLineOf(parseObject(text, 'line')) };
}

/** The object that the text holds. `what` names the text for the user. Throws INVALID_DATA. */
export function parseObject(text: string, what: string): JsonObject {
  let value: Json;
  try {
    value = parseJson(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // The parser's messages never quote the text.
    throw new AppError('INVALID_DATA', { detail: `The ${what} is not JSON: ${error.message}.` });
  }
  if (!isJsonObject(value))
    throw new AppError('INVALID_DATA', { detail: `The ${what} is not a JSON object.` });
  return value;
}

function refuseLength(): never {
  throw new AppError('INVALID_DATA', { detail: `The line is longer than ${maxRecordBytes} bytes.` });
}

function refuseEncoding(): never {
  throw new AppError('INVALID_DATA', { detail: 'The line is not UTF-8.' });
}
