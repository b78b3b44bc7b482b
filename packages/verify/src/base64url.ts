import { Buffer } from 'node:buffer';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const VALUES = new Uint8Array(128);
for (let value = 0; value < ALPHABET.length; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;

/**
 * The bytes of unpadded base64url text in its one canonical spelling (RFC 4648 section 5, RFC 7515
 * section 2): nothing outside the alphabet, no padding, unused bits zero. `undefined` for any other
 * text. The empty text has no bytes.
 */
export function decodeBase64url(text: string): Buffer | undefined {
  // Node's decoder skips and takes what it should not; its encoder has one spelling only.
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}

/** Writes a 22-character canonical id (128 bits) as four 32-bit words; the text must have been checked. */
export function decodeId(id: string, into: Uint32Array): Uint32Array {
  let bits = 0;
  let pending = 0;
  let word = 0;
  let filled = 0;
  for (let index = 0; index < 22; index += 1) {
    pending = (pending << 6) | (VALUES[id.charCodeAt(index)] as number);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      word = (word << 8) | ((pending >> bits) & 0xff);
      filled += 1;
      if ((filled & 3) === 0) into[(filled >> 2) - 1] = word;
    }
  }
  return into;
}

const ID = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** Whether `value` is a session's public id: 16 bytes as 22 characters of canonical base64url. */
export function isSessionId(value: unknown): value is string {
  return typeof value === 'string' && ID.test(value);
}

const DIGEST = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** Whether `value` is 32 bytes as 43 characters of canonical base64url: a digest or a P-256 coordinate. */
export function isBytes32(value: unknown): value is string {
  return typeof value === 'string' && DIGEST.test(value);
}
