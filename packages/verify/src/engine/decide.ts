import { InvalidCredentials, TokenStale, Unavailable } from '../errors.ts';
import type { CheckOptions } from '../token/token-verifier.ts';
import { type Authenticated, newVerifiedToken, type VerifiedToken } from './authenticated.ts';
import type { Engine } from './engine.ts';
import { isAlive, isCaughtUp, isFresh, refuse } from './judge.ts';
import { type AuthenticateOptions, settle } from './settle.ts';

/**
 * Decides about credentials for which the cache has no answer; `known` is what it holds for the token. Throws
 * `InvalidCredentials`, `TokenStale` or `Unavailable`, and nothing else.
 */
export async function decide(
  engine: Engine,
  token: unknown,
  cookie: unknown,
  known: VerifiedToken | undefined,
  callOptions: AuthenticateOptions | undefined,
): Promise<Authenticated> {
  try {
    const verified = await judge(engine, token, cookie, known, callOptions);
    engine.cache.set(token as string, verified);
    return verified.caller;
  } catch (error) {
    throw asKnownError(error);
  }
}

/** Returns what a good token says. Throws for any other one. */
export async function judge(
  engine: Engine,
  token: unknown,
  cookie: unknown,
  known: VerifiedToken | undefined,
  callOptions: AuthenticateOptions | undefined,
): Promise<VerifiedToken> {
  const { closing, follower } = engine;
  const isBound = known !== undefined && known.credential === cookie;
  const verified = isBound ? known : await verify(engine, token, cookie);
  refuse(engine, verified);
  if (!isAlive(engine, verified)) throw new InvalidCredentials('expired');
  if (isFresh(engine) && isCaughtUp(engine, verified)) verified.checkedAt = follower.replica.version;
  else await settle(engine, token as string, verified, callOptions);
  if (closing.aborted) throw new Unavailable('closed');
  follower.activity.noteToken(verified);
  return verified;
}

/** Verifies what token and cookie say by themselves: form, key, signature, claims, and that they belong together. */
export async function verify(
  engine: Engine,
  token: unknown,
  cookie: unknown,
  options?: CheckOptions,
): Promise<VerifiedToken> {
  const { tokens, keys, surroundings, closing } = engine;
  if (closing.aborted) throw new Unavailable('closed');
  const parsed = tokens.parse(token);
  const { kid } = parsed.header;
  const claims = tokens.verify(parsed, keys.find(kid) ?? (await keys.ask(kid)), cookie, options);
  return newVerifiedToken(claims, kid, cookie as string, surroundings);
}

/** The error itself, if it is one of the three; any other one is an outage. */
export function asKnownError(error: unknown): Error {
  const isKnown =
    error instanceof InvalidCredentials || error instanceof TokenStale || error instanceof Unavailable;
  return isKnown ? error : new Unavailable('internal', { cause: error });
}
