/**
 * The 64 bytes of an ES256 signature (RFC 7518, 3.4) from the DER that OpenSSL makes (RFC 3279, 2.2.3): r and s, each
 * 32 bytes. OpenSSL's own conversion takes a tenth of the time of signing.
 */
export function rawSignature(der: Uint8Array): Buffer {
  const raw = Buffer.allocUnsafe(64);
  const end = putInteger(der, 3, raw, 0);
  putInteger(der, end + 1, raw, 32);
  return raw;
}

/** Copies the DER integer whose length is at `at` into 32 bytes, without its sign byte. Returns where it ends. */
function putInteger(der: Uint8Array, at: number, raw: Buffer, to: number): number {
  const end = at + 1 + der[at]!;
  let from = end - 32;
  for (let i = to; i < to + 32; i += 1, from += 1) raw[i] = from > at ? der[from]! : 0;
  return end;
}
