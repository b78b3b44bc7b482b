import { decodeUtf8 } from '@latchkey/verify/internal';

/** What a record takes at most: several times what all of its fields together can be. */
export const maxRecordBytes = 256 * 1024;

/** The UTF-8 text of the bytes; undefined when they are something else. */
export function textOf(bytes: Buffer): string | undefined {
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** One character for each byte, whatever they are. */
export function rawText(bytes: Buffer): string {
  return bytes.toString('latin1');
}

const byteOrderMark = Buffer.from('\ufeff');

/** The chunks without the mark of byte order that some programs begin a file with. */
export async function* withoutMark(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let start: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of source) {
    if (start === undefined) {
      yield chunk;
      continue;
    }
    start = Buffer.concat([start, chunk]);
    if (start.length < byteOrderMark.length) continue;
    yield start.subarray(0, byteOrderMark.length).equals(byteOrderMark)
      ? start.subarray(byteOrderMark.length)
      : start;
    start = undefined;
  }
  if (start !== undefined && start.length > 0) yield start;
}
