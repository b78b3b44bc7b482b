import { decodeUtf8 } from '@latchkey/verify/internal';

/** The maximum size of a record: several times the sum of all its fields. */
export const maxRecordBytes = 256 * 1024;

/** Decodes UTF-8; undefined when the bytes are something else. */
export function decodeText(bytes: Buffer): string | undefined {
  try {
    return decodeUtf8(bytes);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** One character for each byte, also when it is not UTF-8. */
export function rawText(bytes: Buffer): string {
  return bytes.toString('latin1');
}

const byteOrderMark = Buffer.from('\ufeff');

/** Skips the byte order mark with which some programs begin a file. */
export async function* skipByteOrderMark(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
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
