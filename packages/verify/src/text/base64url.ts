const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const VALUES = new Uint8Array(128);
for (let value = 0; value < ALPHABET.length; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;

// By length modulo 4: the bits of the last character that carry no data; a remainder of 1 is no base64.
const UNUSED_BITS = [0, 0xff, 0b1111, 0b11];
const ONLY_ALPHABET = /^[A-Za-z0-9_-]+$/;

/**
 * Whether `text` is unpadded base64url in its one canonical spelling (RFC 4648 sections 3.5 and 5,
 * RFC 7515 section 2): nothing outside the alphabet, no padding, unused bits zero. Node's decoder
 * takes much else. The empty text is not.
 */
export function isCanonicalBase64url(text: string): boolean {
  if (!ONLY_ALPHABET.test(text)) return false;
  const unused = UNUSED_BITS[text.length & 3] as number;
  return unused !== 0xff && ((VALUES[text.charCodeAt(text.length - 1)] as number) & unused) === 0;
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
