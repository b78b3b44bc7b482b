import type { CallerOf, SessionOptions, VerifierSource } from './adapter/adapter.ts';
import { createAdapter, listOf, refusal } from './adapter/adapter.ts';
import type { Check } from './adapter/checks.ts';
import { headOf, responseOf, withHeaders } from './adapter/fetch.ts';

export { type Check, freshCheck as requireFresh, roleCheck as requireRole } from './adapter/checks.ts';
export { readSession } from './adapter/read-session.ts';

/** Options for Next.js. `checks` are further requirements: `requireRole`, `requireFresh`. */
export type NextOptions = SessionOptions & { readonly checks?: readonly Check[] };

type RouteContext = { params?: Promise<object> } | undefined;
/** A route handler that receives the caller; `undefined` only with `optional: true`. */
export type Handler<R, C, Caller> = (request: R, context: C, caller: Caller) => Response | Promise<Response>;

/** Wraps route handlers so that they run only for authenticated requests. Others get 401, 403 or 503. */
export function requireSession<O extends NextOptions>(verifier: VerifierSource, options?: O) {
  const { checks, ...rest } = options ?? ({} as NextOptions);
  const authenticate = createAdapter(verifier, rest);
  const required = listOf(checks);
  return <R extends Request, C extends RouteContext>(handler: Handler<R, C, CallerOf<O>>) =>
    async (request: R, context: C): Promise<Response> => {
      const outcome = await authenticate(headOf(request));
      if (outcome.problem !== undefined) return responseOf(outcome.problem);
      const params: Record<string, unknown> = { ...(await context?.params) };
      const refused = refusal(required, outcome.caller, (name) => params[name]);
      if (refused !== undefined) return responseOf(refused);
      const response = await handler(request, context, outcome.caller as CallerOf<O>);
      return withHeaders(response, outcome.headers);
    };
}

/**
 * For `proxy.ts`: resolves to the answer that refuses, or to `undefined` if the request may go on. Next.js takes only
 * whole URLs from a proxy, and sends those of its own origin as paths.
 */
export function guardProxy(verifier: VerifierSource, options?: SessionOptions) {
  const authenticate = createAdapter(verifier, options);
  return async (request: Request): Promise<Response | undefined> => {
    const { problem } = await authenticate(headOf(request));
    if (problem?.headers.location === undefined) return problem && responseOf(problem);
    const location = new URL(problem.headers.location, request.url).href;
    return responseOf({ ...problem, headers: { ...problem.headers, location } });
  };
}
