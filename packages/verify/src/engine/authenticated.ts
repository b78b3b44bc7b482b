import { Buffer } from 'node:buffer';
import type { TokenSubject } from '../replica/state.ts';
import type { Claims } from '../token/claims.ts';
import { subjectOf } from '../token/subject.ts';
import type { SessionSignals } from './session-signals.ts';

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
   * The same one whenever it is read.
   * Take it from this object: copies made with `...` do not have it.
   */
  readonly signal: AbortSignal;
}

/** By which a caller tells the issuer's time, also to another copy of this library, as bundlers make them. */
const TIME = Symbol.for('@latchkey/verify: the time of the issuer');

/** What the tokens of one verifier have in common. */
export interface Surroundings {
  readonly signals: SessionSignals;
  /** Seconds by which two clocks may differ. */
  readonly clockSkew: number;
  /** The issuer's time, in milliseconds. */
  readonly timeNow: () => number;
}

/** The issuer's time in milliseconds, by which `authTime` is dated; our own where the caller is none of a verifier's. */
export function issuerTimeOf(caller: Authenticated): number {
  return (caller as Partial<Caller>)[TIME]?.() ?? Date.now();
}

// A getter on the prototype, not in each object: those would not share a hidden class, 4 µs each.
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

  [TIME](): number {
    return this.#surroundings.timeNow();
  }
}

/** A token that was verified together with its credential, and all that later calls need of it. */
export interface VerifiedToken {
  readonly credential: string;
  readonly subject: TokenSubject;
  /** Milliseconds since the epoch by the issuer's clock, skew included: the token is refused from then on. */
  readonly refusedFrom: number;
  readonly caller: Authenticated;
  /** The version of the replica at which the token was last found to be good; -1: never. */
  checkedAt: number;
  /** The round of reports in which it was noted that the session was seen; -1: none. */
  round: number;
}

/** An ASCII text by itself. A part of another one, as parsers give it, keeps the whole of that alive: a payload, a header. */
function copyOf(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

/** Prepares what is remembered of a token with these claims, signed by the key `kid`. */
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
