import { isJsonObject, parseJson } from '../text/json.ts';
import type { VerificationKey } from '../token/signature.ts';
import { importKey } from './import-key.ts';

/** The keys of a JWK set, and why others in it were left out. */
export interface KeySet {
  readonly keys: ReadonlyMap<string, VerificationKey>;
  readonly ignored: readonly string[];
}

/**
 * Parses a JWK set (RFC 7517 section 5). A key that cannot be used is left out and named in `ignored`. Throws if the
 * text is not a JWK set, if two of its keys share a `kid`, or if no key can be used.
 */
export function parseJwks(text: string): KeySet {
  const set = parseJson(text);
  if (!isJsonObject(set) || !Array.isArray(set.keys)) throw new SyntaxError('not a JWK set');
  const keys = new Map<string, VerificationKey>();
  const seen = new Set<string>();
  const ignored: string[] = [];
  for (const jwk of set.keys) {
    const kid = isJsonObject(jwk) ? jwk.kid : undefined;
    if (typeof kid === 'string') {
      if (seen.has(kid)) throw new SyntaxError('two keys with one kid');
      seen.add(kid);
    }
    try {
      const key = importKey(jwk);
      keys.set(key.kid, key);
    } catch (error) {
      ignored.push(error instanceof TypeError ? error.message : 'JWK that cannot be imported');
    }
  }
  if (keys.size === 0) throw new SyntaxError('JWK set without a usable key');
  return { keys, ignored };
}

/** Whether two sets hold the same keys, so that what they verified stays verified. */
export function isSameSet(
  a: ReadonlyMap<string, VerificationKey>,
  b: ReadonlyMap<string, VerificationKey>,
): boolean {
  if (a.size !== b.size) return false;
  for (const [kid, { alg, key }] of a) {
    const other = b.get(kid);
    if (other === undefined || other.alg !== alg || !key.equals(other.key)) return false;
  }
  return true;
}
