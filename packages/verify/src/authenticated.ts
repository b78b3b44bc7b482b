import type { TokenSubject } from './replica/state.ts';
import type { SessionSignals } from './session-signals.ts';
import type { Claims } from './token/claims.ts';

/** Who is calling, by a token and a cookie that were checked. Frozen. */
export interface Authenticated {
  readonly userId: number;
  /** The session's public id: a handle for logs, not a credential. */
  readonly sessionId: string;
  /** Global roles, and roles on a site written `<siteId>:<role>`. */
  readonly roles: readonly string[];
  /** Unix seconds: when the person last proved to be present. */
  readonly authTime: number;
  /** Unix seconds: when the token ends; the session may go on. */
  readonly expiresAt: number;
  /** How the person signed in (RFC 8176). */
  readonly amr: readonly string[];
  /**
   * Fires when the session ends, with a `SessionEnded` as its reason; also after the token's own
   * end. Made when it is first read, and then held until the session ends or the verifier closes.
   */
  readonly signal: AbortSignal;
}

/** A token that was verified together with its credential, and all that later calls need of it. */
export interface VerifiedToken {
  readonly credential: string;
  readonly subject: TokenSubject;
  /** Milliseconds since the epoch, skew included: the token is refused from then on. */
  readonly refusedFrom: number;
  readonly result: Promise<Authenticated>;
  /** The version of the replica at which the token was last found to be good; -1: never. */
  checkedAt: number;
}

/** Prepares what is remembered of a verified token. */
export function newVerifiedToken(
  claims: Claims,
  credential: string,
  subject: TokenSubject,
  signals: SessionSignals,
  clockSkew: number,
): VerifiedToken {
  const authenticated: Authenticated = Object.freeze({
    userId: claims.userId,
    sessionId: claims.sid,
    roles: claims.roles,
    authTime: claims.auth_time,
    expiresAt: claims.exp,
    amr: claims.amr,
    get signal(): AbortSignal {
      return signals.get(subject);
    },
  });
  return {
    credential,
    subject,
    refusedFrom: (claims.exp + clockSkew) * 1000,
    result: Promise.resolve(authenticated),
    checkedAt: -1,
  };
}
