import { Buffer } from 'node:buffer';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes the UTF-8 `bytes`, or the first `length` of them. Throws a `SyntaxError` for malformed UTF-8 and for a byte
 * order mark (RFC 8259 section 8.1). Replaces nothing by U+FFFD.
 */
export function decodeUtf8(bytes: Uint8Array, length = bytes.byteLength): string {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The lenient decoder is several times faster, and marks what it replaced.
  let text = buffer.toString('utf8', 0, length);
  if (text.includes('\ufffd')) {
    try {
      text = strict.decode(buffer.subarray(0, length));
    } catch {
      throw new SyntaxError('invalid UTF-8');
    }
  }
  if (text.charCodeAt(0) === 0xfeff) throw new SyntaxError('byte order mark');
  return text;
}
