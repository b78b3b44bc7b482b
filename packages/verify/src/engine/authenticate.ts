import { decide } from './decide.ts';
import type { Engine } from './engine.ts';
import { createIsStillGood } from './judge.ts';
import type { AuthenticateOptions } from './settle.ts';

/**
 * Makes `authenticate`. It answers for a token that was seen before, and leaves the others to `decide`.
 *
 * The cache is keyed by the whole text of the token, and holds only verified tokens. Another spelling of a token
 * (which the parser refuses), or another signature over the same content, is another key and is verified by itself.
 * No refusal depends on the text: revocation is looked up by session, user, site and key, again after each change of
 * the replica, and the time on every call.
 */
export function createAuthenticate(engine: Engine) {
  const { cache } = engine;
  const isStillGood = createIsStillGood(engine);
  return (token: unknown, cookie: unknown, callOptions?: AuthenticateOptions) => {
    const known = cache.get(token as string);
    if (known !== undefined && known.credential === cookie && isStillGood(known)) {
      return Promise.resolve(known.caller);
    }
    return decide(engine, token, cookie, known, callOptions);
  };
}
