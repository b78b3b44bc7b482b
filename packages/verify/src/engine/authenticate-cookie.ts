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
    let held = engine.held.get(cookie);
    for (let exchanges = 0; ; exchanges += 1) {
      if (held !== undefined) {
        try {
          held.verified = await judge(engine, held.token, cookie, held.verified, callOptions);
          return held as Judged;
        } catch (error) {
          if (!isToRenew(error, exchanges > 0)) throw error;
        }
      }
      // A role or the key may have changed after a token was issued, but hardly twice.
      if (exchanges === 2) throw new Unavailable('lagging');
      held = await engine.held.renew(cookie, held);
    }
  } catch (error) {
    throw asKnownError(error);
  }
}

/** Reasons for which a verifier refuses a new token because it lacks the issuer's time or key. */
const undecided: readonly InvalidReason[] = ['unknown-key', 'not-yet-valid', 'expired'];

/**
 * Whether another token is to be got, given why one was refused. About a token that has served the issuer decides: its
 * session may live on. With a new one the issuer has just said that it does: where this verifier cannot judge that
 * token, it throws `Unavailable`.
 */
function isToRenew(error: unknown, isNew: boolean): boolean {
  if (error instanceof TokenStale) return true;
  if (!(error instanceof InvalidCredentials) || error.reason === 'introspection-refused') return false;
  if (!isNew || error.reason === 'key-revoked') return true;
  if (undecided.includes(error.reason)) throw new Unavailable('lagging', { cause: error });
  return false;
}
