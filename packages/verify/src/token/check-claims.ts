import { InvalidCredentials } from '../errors.ts';
import type { Claims } from './claims.ts';
import { credentialHash, isCredential } from './credential.ts';

/** What the claims of a token are compared with. */
export interface ClaimRules {
  /** Exactly the token's `iss`. */
  readonly issuer: string;
  /** One of these must be in the token's `aud`. */
  readonly audiences: readonly string[];
  /** The most seconds by which two clocks may differ. */
  readonly clockSkew: number;
  /** The longest life of a token, in seconds. */
  readonly maxTtl: number;
}

/**
 * Checks the token's times against `now` in Unix seconds: `exp` > now − skew, and `iat` and `nbf` ≤ now + skew (RFC
 * 7519 sections 4.1.4 to 4.1.6). Throws `InvalidCredentials`.
 */
export function checkTimes(claims: Claims, rules: ClaimRules, now: number, ignoreExpiry: boolean): void {
  const { iat, exp, nbf } = claims;
  if (exp - iat > rules.maxTtl) throw new InvalidCredentials('lifetime-too-long');
  const latest = now + rules.clockSkew;
  if (iat > latest || (nbf !== undefined && nbf > latest)) throw new InvalidCredentials('not-yet-valid');
  if (!ignoreExpiry && exp <= now - rules.clockSkew) throw new InvalidCredentials('expired');
}

/** Checks that the token is from this issuer and for this audience. Throws `InvalidCredentials`. */
export function checkOrigin(claims: Claims, rules: ClaimRules): void {
  if (claims.iss !== rules.issuer) throw new InvalidCredentials('wrong-issuer');
  for (const audience of claims.aud) if (rules.audiences.includes(audience)) return;
  throw new InvalidCredentials('wrong-audience');
}

/**
 * Checks that the token was issued for this session credential. Throws `InvalidCredentials`. Hashes are compared as
 * text: the time that takes tells nothing about the credential, of which an attacker would need a preimage.
 */
export function checkBinding(claims: Claims, credential: unknown): void {
  if (!isCredential(credential)) throw new InvalidCredentials('malformed-credential');
  if (!credential.startsWith(claims.sid) || credentialHash(credential) !== claims.cth) {
    throw new InvalidCredentials('credential-mismatch');
  }
}
