import { InvalidCredentials } from '../errors.ts';
import { isJsonObject } from '../text/json.ts';
import { decodeSegment } from './segment.ts';

/** Signature algorithms by their fully specified names (RFC 7518 and RFC 9864); each key has exactly one. */
export type TokenAlgorithm = 'ES256' | 'Ed25519';

/** The protected header of a token: these three members and no other. */
export interface TokenHeader {
  readonly alg: TokenAlgorithm;
  readonly typ: 'at+jwt';
  readonly kid: string;
}

const kidForm = /^[A-Za-z0-9_-]{1,64}$/;
const maxRemembered = 64;

/** Whether `value` may name a key: 1 to 64 characters of the base64url alphabet. */
export function isKeyId(value: unknown): value is string {
  return typeof value === 'string' && kidForm.test(value);
}

/** Parses header segments. `remember` saves parsing one again that came with a good signature. */
export class HeaderParser {
  // A server writes one header text per key, so a few entries serve all tokens.
  readonly #known = new Map<string, TokenHeader>();

  parse(segment: string): TokenHeader {
    return this.#known.get(segment) ?? parseHeader(segment);
  }

  remember(segment: string, header: TokenHeader): void {
    if (this.#known.has(segment)) return;
    if (this.#known.size >= maxRemembered) this.#known.clear();
    this.#known.set(segment, header);
  }
}

/** Exactly three members: that also keeps out jwk, jku, x5u, x5c, crit, b64 and zip (RFC 8725, 3.10). */
function parseHeader(segment: string): TokenHeader {
  const header = decodeSegment(segment);
  if (!isJsonObject(header) || Object.keys(header).length !== 3)
    throw new InvalidCredentials('malformed-token');
  const { alg, typ, kid } = header;
  if ((alg !== 'ES256' && alg !== 'Ed25519') || typ !== 'at+jwt' || !isKeyId(kid)) {
    throw new InvalidCredentials('malformed-token');
  }
  return { alg, typ, kid };
}
