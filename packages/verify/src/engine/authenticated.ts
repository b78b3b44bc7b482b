import type { TokenSubject } from '../replica/state.ts';
import { copyOf } from '../text/copy-of.ts';
import type { Claims } from '../token/claims.ts';
import { subjectOf } from '../token/subject.ts';
import type { SessionSignals } from './session-signals.ts';

/** The caller, as proven by a token and a cookie. Frozen. */
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
   * Fires when the session ends, with a `SessionEnded` as its reason, also after the token has expired. It is made
   * when it is first read, is the same one on each read, and is held until the session ends or the verifier closes.
   * Take it from this object: copies made with `...` do not have it.
   */
  readonly signal: AbortSignal;
}

/**
 * The member of a caller that tells the issuer's time. Another copy of this library, as bundlers make them, finds it
 * too.
 */
const timeOfIssuer = Symbol.for('@latchkey/verify: the time of the issuer');

/** What the tokens of one verifier share. */
export interface Surroundings {
  readonly signals: SessionSignals;
  /** The most seconds by which two clocks may differ. */
  readonly clockSkew: number;
  /** The issuer's time, in milliseconds. */
  readonly timeNow: () => number;
}

/**
 * The issuer's time in milliseconds, by which `authTime` is dated; our own time if the caller is not from a verifier.
 */
export function issuerTimeOf(caller: Authenticated): number {
  return (caller as Partial<Caller>)[timeOfIssuer]?.() ?? Date.now();
}

/**
 * `signal` is a getter on the prototype: with a getter in each object they would share no hidden class, 4 µs each.
 */
class Caller implements Authenticated {
  readonly userId: number;
  readonly sessionId: string;
  readonly roles: readonly string[];
  readonly authTime: number;
  readonly expiresAt: number;
  readonly amr: readonly string[];
  readonly #subject: TokenSubject;
  readonly #surroundings: Surroundings;
  #signal: AbortSignal | undefined;

  constructor(claims: Claims, subject: TokenSubject, surroundings: Surroundings) {
    this.userId = claims.userId;
    this.sessionId = subject.sid;
    this.roles = claims.roles;
    this.authTime = claims.auth_time;
    this.expiresAt = claims.exp;
    this.amr = claims.amr;
    this.#subject = subject;
    this.#surroundings = surroundings;
    Object.freeze(this);
  }

  get signal(): AbortSignal {
    this.#signal ??= this.#surroundings.signals.get(this.#subject);
    return this.#signal;
  }

  [timeOfIssuer](): number {
    return this.#surroundings.timeNow();
  }
}

/** A token that was verified with its credential, and all that later calls need of it. */
export interface VerifiedToken {
  readonly credential: string;
  readonly subject: TokenSubject;
  /** The token is refused from this time on, in milliseconds since the epoch by the issuer's clock; skew included. */
  readonly refusedFrom: number;
  readonly caller: Authenticated;
  /** The version of the replica at which the token was last found good; -1 if never. */
  checkedAt: number;
  /** The round of reports in which the session was last noted as seen; -1 if none. */
  round: number;
}

/** Makes what is remembered of a token with these claims, signed by the key `kid`. */
export function newVerifiedToken(
  claims: Claims,
  kid: string,
  credential: string,
  surroundings: Surroundings,
): VerifiedToken {
  const subject = subjectOf(claims, kid, copyOf(claims.sid));
  return {
    credential: copyOf(credential),
    subject,
    refusedFrom: (claims.exp + surroundings.clockSkew) * 1000,
    caller: new Caller(claims, subject, surroundings),
    checkedAt: -1,
    round: -1,
  };
}
