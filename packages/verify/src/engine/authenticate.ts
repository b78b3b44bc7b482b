import type { Authenticated } from './authenticated.ts';
import { decide } from './decide.ts';
import type { Engine } from './engine.ts';
import type { AuthenticateOptions } from './settle.ts';

/**
 * Makes `authenticate`. A token that was seen before is answered here, without any promise but the answer's.
 *
 * The cache is keyed by the token's whole text, and holds only what was verified. Another spelling of a token (which the
 * parser refuses), or another signature over the same content, is another key: it is verified by itself. No denial rests
 * on the text: revocation is looked up by session, user, site and key, again whenever the replica has changed, and time
 * on every call.
 */
export function createAuthenticate(engine: Engine) {
  const { cache, doubts } = engine;
  const { replica, freshness, activity } = engine.follower;
  const { monotonic, wall } = engine.clocks;
  const { maxStaleness } = engine.options;
  return (token: unknown, cookie: unknown, callOptions?: AuthenticateOptions): Promise<Authenticated> => {
    const known = cache.get(token as string);
    if (known !== undefined && known.credential === cookie && known.checkedAt === replica.version) {
      const monotonicNow = monotonic();
      const wallNow = wall();
      const isFresh = freshness.age(monotonicNow, wallNow) <= maxStaleness;
      const isAlive = isFresh && !(freshness.serverTime(monotonicNow, wallNow) >= known.refusedFrom);
      if (isAlive && !doubts.has(known.subject.sid, monotonicNow)) {
        if (known.round !== activity.round) activity.noteToken(known);
        return Promise.resolve(known.caller);
      }
    }
    return decide(engine, token, cookie, known, callOptions);
  };
}
