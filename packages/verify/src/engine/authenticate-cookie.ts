import { InvalidCredentials, type InvalidReason, TokenStale, Unavailable } from '../errors.ts';
import { isCredential } from '../token/credential.ts';
import type { Authenticated, VerifiedToken } from './authenticated.ts';
import { asKnownError, judge, verify } from './decide.ts';
import type { Engine } from './engine.ts';
import type { HeldToken } from './held-tokens.ts';
import { createIsStillGood } from './judge.ts';
import type { AuthenticateOptions } from './settle.ts';

/** A token that takes the place of an expired one, and the caller that it proves. */
export interface Renewed {
  readonly token: string;
  readonly caller: Authenticated;
}

/** A token that was got for a cookie, and verified. */
type Judged = HeldToken & { readonly verified: VerifiedToken };

/**
 * Makes `authenticateCookie`. The cookie is exchanged for a token once in the life of a token; in between it is judged
 * by the replica, as that token is.
 */
export function createAuthenticateCookie(engine: Engine) {
  const { held } = engine;
  const isStillGood = createIsStillGood(engine);
  return (cookie: unknown, callOptions?: AuthenticateOptions): Promise<Authenticated> => {
    const verified = held.get(cookie as string)?.verified;
    if (verified !== undefined && isStillGood(verified)) return Promise.resolve(verified.caller);
    return decideByCookie(engine, cookie, callOptions).then(({ verified }) => verified.caller);
  };
}

/**
 * Renews an expired token. The cookie must be the one that the token was issued for: a renewal never changes who the
 * caller is. Throws `InvalidCredentials` or `Unavailable`, and nothing else.
 */
export async function renew(
  engine: Engine,
  token: unknown,
  cookie: unknown,
  callOptions: AuthenticateOptions | undefined,
): Promise<Renewed> {
  try {
    const known = engine.cache.get(token as string);
    const isBound = known !== undefined && known.credential === cookie;
    const expired = isBound ? known : await verify(engine, token, cookie, { ignoreExpiry: true });
    if (!isBound) engine.cache.set(token as string, expired);
    const verdict = engine.follower.replica.check(expired.subject);
    if (verdict?.action === 'reject') throw new InvalidCredentials('revoked');
    const renewed = await decideByCookie(engine, cookie, callOptions);
    return { token: renewed.token, caller: renewed.verified.caller };
  } catch (error) {
    throw asKnownError(error);
  }
}

/** Throws `InvalidCredentials` or `Unavailable`, and nothing else. */
async function decideByCookie(
  engine: Engine,
  cookie: unknown,
  callOptions: AuthenticateOptions | undefined,
): Promise<Judged> {
  try {
    if (engine.closing.aborted) throw new Unavailable('closed');
    if (!isCredential(cookie)) throw new InvalidCredentials('malformed-credential');
    const sessionId = cookie.slice(0, cookie.indexOf('.'));
    if (engine.follower.replica.hasEnded(sessionId)) throw new InvalidCredentials('revoked');
    const held = engine.held.get(cookie);
    const judged = held && (await judgeHeld(engine, held, cookie, callOptions, isToRenew));
    if (judged !== undefined) return judged;
    const fresh = await engine.held.renew(cookie, held);
    const fine = await judgeNew(engine, fresh, cookie, callOptions);
    if (fine !== undefined) return fine;
    // A role or the key changed after the token was issued.
    const fresher = await engine.held.renew(cookie, fresh);
    const last = await judgeNew(engine, fresher, cookie, callOptions);
    if (last !== undefined) return last;
    throw new Unavailable('lagging');
  } catch (error) {
    throw asKnownError(error);
  }
}

/** Judges a token as `authenticate` does. Returns `undefined` if it is refused and `mayRenew` the refusal. */
async function judgeHeld(
  engine: Engine,
  held: HeldToken,
  cookie: string,
  callOptions: AuthenticateOptions | undefined,
  mayRenew: (error: unknown) => boolean,
): Promise<Judged | undefined> {
  try {
    held.verified = await judge(engine, held.token, cookie, held.verified, callOptions);
    return held as Judged;
  } catch (error) {
    if (mayRenew(error)) return undefined;
    throw error;
  }
}

/**
 * As `judgeHeld`, for a token that has just come. With it the issuer said that the session lives, so where this verifier
 * lacks the issuer's time or key, it cannot tell: that is no refusal.
 */
async function judgeNew(
  engine: Engine,
  held: HeldToken,
  cookie: string,
  callOptions: AuthenticateOptions | undefined,
): Promise<Judged | undefined> {
  try {
    return await judgeHeld(engine, held, cookie, callOptions, isOutdated);
  } catch (error) {
    if (hasReason(error, undecided)) throw new Unavailable('lagging', { cause: error });
    throw error;
  }
}

const undecided: readonly InvalidReason[] = ['unknown-key', 'not-yet-valid', 'expired'];

const isOutdated = (error: unknown) => error instanceof TokenStale || hasReason(error, ['key-revoked']);

function hasReason(error: unknown, reasons: readonly InvalidReason[]): boolean {
  return error instanceof InvalidCredentials && reasons.includes(error.reason);
}

/** The issuer decides about a token that has served: its session may live on, unless the log says that it ended. */
const isToRenew = (error: unknown) =>
  error instanceof TokenStale ||
  (error instanceof InvalidCredentials && error.reason !== 'introspection-refused');
