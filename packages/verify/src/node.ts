import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallerOf, SessionOptions, VerifierSource } from './adapter/adapter.ts';
import { createAdapter, listOf, refusal } from './adapter/adapter.ts';
import type { Check } from './adapter/checks.ts';
import { sendProblem } from './adapter/problem.ts';
import type { Authenticated } from './engine/authenticated.ts';

export { freshCheck as requireFresh, roleCheck as requireRole } from './adapter/checks.ts';
export type { Authenticated, Check, SessionOptions };

/** Options for plain `node:http`, whose paths have no parameters of their own. */
export interface NodeOptions extends SessionOptions {
  /** Further requirements: `requireRole`, `requireFresh`. */
  readonly checks?: readonly Check[];
  /** Reads a path parameter, for `requireRole` with a site. */
  readonly parameter?: (request: IncomingMessage, name: string) => string | undefined;
}

/** A handler that receives the caller; `undefined` only with `optional: true`. */
export type Handler<Caller> = (request: IncomingMessage, response: ServerResponse, caller: Caller) => unknown;

/**
 * Wraps handlers of `node:http` so that they run only for authenticated requests. Others get a problem document: 401
 * `INVALID_CREDENTIALS` or `TOKEN_STALE`, 403, or 503 `UNAVAILABLE`. The returned promise settles with the handler's.
 */
export function requireSession<O extends NodeOptions>(verifier: VerifierSource, options?: O) {
  const { checks, parameter = () => undefined, ...rest } = options ?? ({} as NodeOptions);
  const authenticate = createAdapter(verifier, rest);
  const required = listOf(checks);
  return (handler: Handler<CallerOf<O>>) => async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url: target = '/', rawHeaders: headers } = request;
    const outcome = await authenticate({ method, target, headers });
    if (outcome.problem !== undefined) return sendProblem(response, outcome.problem);
    const refused = refusal(required, outcome.caller, (name) => parameter(request, name));
    if (refused !== undefined) return sendProblem(response, refused);
    for (const [name, value] of Object.entries(outcome.headers)) response.setHeader(name, value);
    return handler(request, response, outcome.caller as CallerOf<O>);
  };
}
