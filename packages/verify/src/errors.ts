/**
 * Why credentials were refused: short, stable words for logs and metrics. They never hold anything that the caller
 * sent. Do not show them to clients: an answer that tells which check failed helps only attackers.
 */
export type InvalidReason =
  | 'malformed-token'
  | 'malformed-credential'
  | 'unknown-key'
  | 'bad-signature'
  | 'wrong-issuer'
  | 'wrong-audience'
  | 'lifetime-too-long'
  | 'expired'
  | 'not-yet-valid'
  | 'credential-mismatch'
  | 'revoked'
  | 'key-revoked'
  | 'introspection-refused';

/** Why a verifier could not decide: stable words for logs and metrics. */
export type UnavailableReason =
  | 'closed'
  | 'not-ready'
  | 'ready-timeout'
  | 'service-key-refused'
  | 'stale'
  | 'lagging'
  | 'keys-unavailable'
  | 'introspection-failed'
  | 'internal';

/**
 * The token and the cookie do not prove a live session: answer 401. `code` is `INVALID_CREDENTIALS`. `reason` tells
 * which check failed, only for logs.
 */
export class InvalidCredentials extends Error {
  override readonly name = 'InvalidCredentials';
  readonly code = 'INVALID_CREDENTIALS';
  readonly reason: InvalidReason;

  constructor(reason: InvalidReason) {
    super(`Invalid credentials (${reason})`);
    this.reason = reason;
  }
}

/**
 * The session is live, but its roles or profile have changed since the token was issued. Answer 401 with this code;
 * the client asks WhoAmI for a new token and repeats. `code` is `TOKEN_STALE`.
 */
export class TokenStale extends Error {
  override readonly name = 'TokenStale';
  readonly code = 'TOKEN_STALE';
  readonly reason = 'refreshed';

  constructor() {
    super('The token is out of date: get a new one');
  }
}

/**
 * The caller is known and may not do this: answer 403. `code` is `NO_PERMISSIONS`. The verifier itself never throws it;
 * it is for services that answer as the auth interface does.
 */
export class NoPermissions extends Error {
  override readonly name = 'NoPermissions';
  readonly code = 'NO_PERMISSIONS';

  constructor() {
    super('The caller may not do this');
  }
}

/**
 * Nobody can tell now whether the credentials are good: answer 503 with `Retry-After`, never 401. `code` is
 * `UNAVAILABLE`. `reason` tells what is missing.
 */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
  readonly code = 'UNAVAILABLE';
  readonly reason: UnavailableReason;

  constructor(reason: UnavailableReason, options?: ErrorOptions) {
    super(`Cannot check credentials now (${reason})`, options);
    this.reason = reason;
  }
}
