import { InvalidCredentials } from '../errors.ts';
import { type ClaimRules, checkBinding, checkOrigin, checkTimes } from './check-claims.ts';
import type { Claims } from './claims.ts';
import { HeaderParser } from './header.ts';
import { type ParsedToken, parseToken } from './parse-token.ts';
import { isSignedBy, type VerificationKey } from './signature.ts';

/** How tokens are checked. */
export interface TokenVerifierOptions {
  /** The token's `iss`, exactly. */
  readonly issuer: string;
  /** One or several. The token's `aud` must hold one of them. */
  readonly audience: string | readonly string[];
  /** The most seconds by which two clocks may differ; 30 by default. */
  readonly clockSkew?: number;
  /** The longest life of a token, in seconds; 3600 by default. */
  readonly maxTtl?: number;
  /**
   * The issuer's time in milliseconds since the epoch; `Date.now` by default. While it is `NaN`, no token has
   * expired.
   */
  readonly now?: () => number;
  /** The key of that `kid`. Called for every token, so it must not wait for anything. */
  readonly findKey: (kid: string) => VerificationKey | undefined;
}

/** What one check may leave out. */
export interface CheckOptions {
  /** Accepts a token whose `exp` has passed. Every other check is made. */
  readonly ignoreExpiry?: boolean;
}

/** The pure, synchronous part of verification: what a token and a credential prove by themselves. */
export interface TokenVerifier {
  /**
   * Returns the claims of a token that is well formed, signed by a known key, from this issuer, for this audience, in
   * its time, and bound to `credential`. Throws `InvalidCredentials`, whatever the arguments are. Does not look at
   * revocation.
   */
  check(token: unknown, credential: unknown, options?: CheckOptions): Claims;
  /** Checks only the form, so that a caller can get the key of `header.kid` first. Throws `InvalidCredentials`. */
  parse(token: unknown): ParsedToken;
  /** The rest of `check` for a parsed token; `key` is the one that its `kid` names. Throws `InvalidCredentials`. */
  verify(token: ParsedToken, key: VerificationKey, credential: unknown, options?: CheckOptions): Claims;
}

/** Makes the check that the verifier library and the server both use. */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { issuer, audience, clockSkew = 30, maxTtl = 3600, now = Date.now, findKey } = options;
  const audiences = typeof audience === 'string' ? [audience] : [...audience];
  const rules: ClaimRules = { issuer, audiences, clockSkew, maxTtl };
  const headers = new HeaderParser();

  function parse(token: unknown): ParsedToken {
    return parseToken(token, headers);
  }

  function verify(
    token: ParsedToken,
    key: VerificationKey,
    credential: unknown,
    options?: CheckOptions,
  ): Claims {
    const { header, claims } = token;
    // A key has one algorithm. The header must name the same, and decides nothing (RFC 8725, 3.1).
    if (header.alg !== key.alg || header.kid !== key.kid) throw new InvalidCredentials('unknown-key');
    if (!isSignedBy(key, token.signed, token.signature)) throw new InvalidCredentials('bad-signature');
    headers.remember(token.headerSegment, header);
    checkOrigin(claims, rules);
    checkTimes(claims, rules, now() / 1000, options?.ignoreExpiry === true);
    checkBinding(claims, credential);
    return claims;
  }

  function check(token: unknown, credential: unknown, options?: CheckOptions): Claims {
    const parsed = parse(token);
    const key = findKey(parsed.header.kid);
    if (key === undefined) throw new InvalidCredentials('unknown-key');
    return verify(parsed, key, credential, options);
  }

  return { check, parse, verify };
}
