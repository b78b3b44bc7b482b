import type { Authenticated } from '../engine/authenticated.ts';
import { createAdapter, type SessionOptions, type VerifierSource } from './adapter.ts';

/**
 * For server components: `readSession(verifier)(await headers())` resolves to the caller, or to `undefined` if nobody is
 * signed in. Rejects with `Unavailable` in an outage. The headers of a server action, whose method Next.js does not
 * tell, prove a session only with a token.
 */
export function readSession(verifier: VerifierSource, options?: Omit<SessionOptions, 'optional'>) {
  const authenticate = createAdapter(verifier, { ...options, optional: true });
  return async (headers: Headers): Promise<Authenticated | undefined> => {
    const method = headers.has('content-type') || headers.has('next-action') ? 'POST' : 'GET';
    const outcome = await authenticate({ method, target: '/', headers: [...headers].flat() });
    if (outcome.problem?.code === 'UNAVAILABLE') throw outcome.cause;
    return outcome.caller;
  };
}
