import type { Policy } from '../kernel/context.ts';
import { usesGranularity } from '../sessions/session-uses.ts';
import { reportInterval } from './verifier.ts';

/**
 * Where verifiers tell only now and then which sessions they see, and may fail to for once, a session goes idle that much
 * later: what is not known yet signs nobody out.
 */
export function policyWith(verifiers: { readonly exist: boolean }, policy: Policy): Policy {
  const { sessionIdle } = policy;
  const grace = reportInterval(sessionIdle) + usesGranularity(sessionIdle);
  return {
    ...policy,
    get sessionIdle() {
      return sessionIdle + (verifiers.exist ? grace : 0);
    },
  };
}
