import type { Authenticated } from '../engine/authenticated.ts';
import { createAdapter, type SessionOptions, type VerifierSource } from './adapter.ts';

/**
 * For server components and server actions: `readSession(verifier)(await headers())` resolves to the caller, or to
 * `undefined` if nobody is signed in. Rejects with `Unavailable` in an outage. Next.js does not tell the method: what
 * has a body counts as a change. By default the cookie proves it if a page of the same origin sent it, as Next.js itself
 * demands of actions, because the page is rendered in the same request.
 */
export function readSession(verifier: VerifierSource, options?: Omit<SessionOptions, 'optional'>) {
  const authenticate = createAdapter(verifier, {
    ...options,
    cookieOnly: options?.cookieOnly ?? 'same-origin',
    optional: true,
  });
  return async (headers: Headers): Promise<Authenticated | undefined> => {
    const method = headers.has('content-type') || headers.has('next-action') ? 'POST' : 'GET';
    const outcome = await authenticate({ method, target: '/', headers: [...headers].flat() });
    if (outcome.problem?.code === 'UNAVAILABLE') throw outcome.cause;
    return outcome.caller;
  };
}
