import { InvalidCredentials, TokenStale, Unavailable } from '../errors.ts';
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
  const { cache, closing, follower } = engine;
  try {
    const mayReuse = known !== undefined && known.credential === cookie && isAlive(engine, known);
    const verified = mayReuse ? known : await verify(engine, token, cookie);
    refuse(engine, verified);
    if (!isAlive(engine, verified)) throw new InvalidCredentials('expired');
    if (isFresh(engine) && isCaughtUp(engine, verified)) verified.checkedAt = follower.replica.version;
    else await settle(engine, token as string, verified, callOptions);
    if (closing.aborted) throw new Unavailable('closed');
    cache.set(token as string, verified);
    follower.activity.noteToken(verified);
    return verified.caller;
  } catch (error) {
    const expected =
      error instanceof InvalidCredentials || error instanceof TokenStale || error instanceof Unavailable;
    throw expected ? error : new Unavailable('internal', { cause: error });
  }
}

/** Verifies what token and cookie say by themselves: form, key, signature, claims, and that they belong together. */
async function verify(engine: Engine, token: unknown, cookie: unknown): Promise<VerifiedToken> {
  const { tokens, keys, surroundings, closing } = engine;
  if (closing.aborted) throw new Unavailable('closed');
  const parsed = tokens.parse(token);
  const { kid } = parsed.header;
  const claims = tokens.verify(parsed, keys.find(kid) ?? (await keys.ask(kid)), cookie);
  return newVerifiedToken(claims, kid, cookie as string, surroundings);
}
