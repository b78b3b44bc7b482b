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
