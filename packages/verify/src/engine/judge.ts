import { InvalidCredentials, TokenStale, type UnavailableReason } from '../errors.ts';
import type { VerifiedToken } from './authenticated.ts';
import type { Engine } from './engine.ts';

/** Whether the token has not expired by the issuer's clock. As long as that clock is unknown, no token has. */
export function isAlive({ follower, clocks }: Engine, { refusedFrom }: VerifiedToken): boolean {
  return !(follower.freshness.serverTime(clocks.monotonic(), clocks.wall()) >= refusedFrom);
}

/** Whether the verifier had contact with the log within `maxStaleness`. */
export function isFresh({ follower, clocks, options }: Engine): boolean {
  return follower.freshness.age(clocks.monotonic(), clocks.wall()) <= options.maxStaleness;
}

/** Whether the issuer has lately refused the token's session online. */
export function isDoubted({ doubts, clocks }: Engine, { credential }: VerifiedToken): boolean {
  return doubts.has(credential, clocks.monotonic());
}

/** Whether the replica has all entries that the log had when the token was issued. */
export function isCaughtUp(engine: Engine, verified: VerifiedToken): boolean {
  const { position } = engine.follower.replica;
  return position !== undefined && verified.subject.rev <= position && !isDoubted(engine, verified);
}

/** Whether the verifier has keys and a whole copy of the log. */
export function isReady({ keys, follower, clocks }: Engine): boolean {
  const age = follower.freshness.age(clocks.monotonic(), clocks.wall());
  return keys.loaded && age < Infinity;
}

/** Throws `InvalidCredentials` or `TokenStale` if the replica refuses the token. */
export function refuse({ follower }: Engine, { subject }: VerifiedToken): void {
  const verdict = follower.replica.check(subject);
  if (verdict === undefined && subject.rev >= follower.floor) return;
  if (verdict === undefined || verdict.action === 'refresh') throw new TokenStale();
  throw new InvalidCredentials(verdict.by === 'key' ? 'key-revoked' : 'revoked');
}

/** Why the replica cannot decide at this moment. */
export function whyNot(engine: Engine): UnavailableReason {
  const { follower } = engine;
  if (follower.refused) return 'service-key-refused';
  if (follower.replica.position === undefined) return 'not-ready';
  return isFresh(engine) ? 'lagging' : 'stale';
}

/**
 * Makes the check for a token that was found good before: whether it still is, by the replica as it is now. It makes
 * no request and no object, and notes the use of the session.
 */
export function createIsStillGood({ follower, clocks, doubts, options }: Engine) {
  const { replica, freshness, activity } = follower;
  const { monotonic, wall } = clocks;
  const { maxStaleness } = options;
  return (known: VerifiedToken): boolean => {
    if (known.checkedAt !== replica.version) return false;
    const monotonicNow = monotonic();
    const wallNow = wall();
    if (!(freshness.age(monotonicNow, wallNow) <= maxStaleness)) return false;
    if (freshness.serverTime(monotonicNow, wallNow) >= known.refusedFrom) return false;
    if (doubts.has(known.credential, monotonicNow)) return false;
    if (known.round !== activity.round) activity.noteToken(known);
    return true;
  };
}
