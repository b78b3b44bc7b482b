import type { Policy } from '../kernel/context.ts';
import { reportInterval } from '../log/followers/follower.ts';
import { usesGranularity } from './session-uses.ts';

/**
 * Where followers tell only now and then which sessions they see, and may fail to for once, a session goes idle that much
 * later: what is not known yet signs nobody out.
 */
export function policyWith(followers: { readonly exist: boolean }, policy: Policy): Policy {
  const { sessionIdle } = policy;
  const grace = reportInterval(sessionIdle) + usesGranularity(sessionIdle);
  return {
    ...policy,
    get sessionIdle() {
      return sessionIdle + (followers.exist ? grace : 0);
    },
  };
}
