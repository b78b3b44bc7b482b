import { createPublicKey } from 'node:crypto';
import { isBytes32 } from '../text/base64url.ts';
import { isJsonObject, type Json, type JsonObject } from '../text/json.ts';
import { isKeyId } from '../token/header.ts';
import type { VerificationKey } from '../token/signature.ts';

/** Members that hold private or symmetric key material (RFC 7518 section 6). */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const allZero = 'A'.repeat(43);

/**
 * Makes a verification key from a public JWK (RFC 7517): EC P-256 for ES256, or OKP Ed25519 (RFC 8037). Throws a
 * `TypeError` for any other key, for a private one, and for one that is not meant to verify signatures.
 */
export function importKey(jwk: Json): VerificationKey {
  if (!isJsonObject(jwk)) throw new TypeError('JWK is not an object');
  const { kid, use, key_ops: operations } = jwk;
  if (secretMembers.some((name) => Object.hasOwn(jwk, name))) throw new TypeError('JWK holds a private key');
  if (!isKeyId(kid)) throw new TypeError('JWK without a usable kid');
  if (use !== undefined && use !== 'sig') throw new TypeError('JWK is not for signatures');
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
    throw new TypeError('JWK is not for verifying');
  }
  const { alg, material } = keyMaterial(jwk);
  if (jwk.alg !== undefined && jwk.alg !== alg) throw new TypeError('JWK for another algorithm');
  return { kid, alg, key: createPublicKey({ key: material, format: 'jwk' }) };
}

// Only checked values reach OpenSSL, which also refuses a point that is not on the curve.
function keyMaterial({ kty, crv, x, y }: JsonObject): {
  alg: VerificationKey['alg'];
  material: Record<string, string>;
} {
  if (isBytes32(x) && x !== allZero) {
    if (kty === 'EC' && crv === 'P-256' && isBytes32(y))
      return { alg: 'ES256', material: { kty, crv, x, y } };
    if (kty === 'OKP' && crv === 'Ed25519') return { alg: 'Ed25519', material: { kty, crv, x } };
  }
  throw new TypeError('JWK of another kind');
}
