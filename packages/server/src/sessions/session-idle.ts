import { reportInterval } from '../log/followers/follower.ts';
import { usesGranularity } from './session-uses.ts';

/**
 * Tells how long a session lives without being used. Followers report only now and then which sessions they see used,
 * and a report may fail once: while there are followers a session lives that much longer, so that a use that is not
 * known yet signs nobody out. Milliseconds.
 */
export function createSessionIdle(sessionIdle: number, followers: { readonly exist: boolean }): () => number {
  const grace = reportInterval(sessionIdle) + usesGranularity(sessionIdle);
  return () => (followers.exist ? sessionIdle + grace : sessionIdle);
}
