const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const values = new Uint8Array(128);
for (let value = 0; value < alphabet.length; value += 1) values[alphabet.charCodeAt(value)] = value;

/** By length modulo 4: the bits of the last character that carry no data. No base64 has a remainder of 1. */
const unusedBits = [0, 0xff, 0b1111, 0b11];
const onlyAlphabet = /^[A-Za-z0-9_-]+$/;

/**
 * Whether `text` is unpadded base64url in its one canonical spelling (RFC 4648 sections 3.5 and 5, RFC 7515 section
 * 2): nothing outside the alphabet, no padding, unused bits zero. Node's decoder accepts much more. The empty text is
 * not base64url here.
 */
export function isCanonicalBase64url(text: string): boolean {
  if (!onlyAlphabet.test(text)) return false;
  const unused = unusedBits[text.length & 3]!;
  return unused !== 0xff && (values[text.charCodeAt(text.length - 1)]! & unused) === 0;
}

/** Writes a canonical id of 22 characters (128 bits) as four 32-bit words. The text must have been checked. */
export function decodeId(id: string, into: Uint32Array): Uint32Array {
  let bits = 0;
  let pending = 0;
  let word = 0;
  let filled = 0;
  for (let index = 0; index < 22; index += 1) {
    pending = (pending << 6) | values[id.charCodeAt(index)]!;
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

const idForm = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** Whether `value` is a session's public id: 16 bytes as 22 characters of canonical base64url. */
export function isSessionId(value: unknown): value is string {
  return typeof value === 'string' && idForm.test(value);
}

const digestForm = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** Whether `value` is 32 bytes as 43 characters of canonical base64url: a digest or a P-256 coordinate. */
export function isBytes32(value: unknown): value is string {
  return typeof value === 'string' && digestForm.test(value);
}
