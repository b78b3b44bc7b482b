import { AppError } from '../../../kernel/errors.ts';
import { decodeText, maxRecordBytes, rawText } from './bytes.ts';
import { type JsonItem, readJsonItems } from './json-items.ts';
import { parseObject } from './json-lines.ts';
import type { Row } from './row.ts';

/**
 * Reads the objects of JSON, however it has them: one in each line, in a list, or in one of these lists within an object.
 */
export async function* readJsonRows(
  source: AsyncIterable<Buffer>,
  lists: readonly string[],
): AsyncGenerator<readonly Row[]> {
  for await (const items of readJsonItems(source, lists)) yield items.map(rowOf);
}

function rowOf({ line, list, bytes }: JsonItem): Row {
  if (bytes === undefined) {
    const detail = `The item is longer than ${maxRecordBytes} bytes.`;
    return { line, list, text: 'too long', members: () => refuse(detail) };
  }
  const text = decodeText(bytes);
  if (text === undefined) {
    return { line, list, text: rawText(bytes), members: () => refuse('The item is not UTF-8.') };
  }
  return { line, list, text, members: () => parseObject(text, 'item') };
}

function refuse(detail: string): never {
  throw new AppError('INVALID_DATA', { detail });
}
