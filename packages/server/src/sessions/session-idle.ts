import { reportInterval } from '../log/followers/follower.ts';
import { usesAccuracy } from './uses-step.ts';

/**
 * Returns a function that says how long a session may stay unused, in milliseconds. Followers report uses only at
 * intervals, and one report may fail. So while there are followers the time is that much longer: a use that was not
 * reported yet must not sign anybody out.
 */
export function createSessionIdle(sessionIdle: number, followers: { readonly exist: boolean }): () => number {
  const grace = reportInterval(sessionIdle) + usesAccuracy(sessionIdle);
  return () => (followers.exist ? sessionIdle + grace : sessionIdle);
}
