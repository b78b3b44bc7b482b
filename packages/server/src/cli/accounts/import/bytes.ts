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
