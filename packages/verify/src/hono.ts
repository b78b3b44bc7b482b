import type { MiddlewareHandler } from 'hono';
import type { CallerOf, SessionOptions, VerifierSource } from './adapter/adapter.ts';
import { createAdapter, refusal } from './adapter/adapter.ts';
import { type Check, freshCheck, type RoleOptions, roleCheck } from './adapter/checks.ts';
import { headOf, responseOf, withHeaders } from './adapter/fetch.ts';
import type { Authenticated } from './engine/authenticated.ts';

/** What `requireSession` sets in the context: `new Hono<{ Variables: SessionVariables }>()`. */
export interface SessionVariables<Caller = Authenticated> {
  /** The caller; `undefined` only with `optional: true`. */
  auth: Caller;
}

/** Sets `c.var.auth`, or answers 401 `INVALID_CREDENTIALS`, 401 `TOKEN_STALE` or 503 `UNAVAILABLE`. */
export function requireSession<O extends SessionOptions>(verifier: VerifierSource, options?: O) {
  const authenticate = createAdapter(verifier, options);
  const middleware: MiddlewareHandler<{ Variables: SessionVariables<CallerOf<O>> }> = async (c, next) => {
    const outcome = await authenticate(headOf(c.req.raw));
    if (outcome.problem !== undefined) return responseOf(outcome.problem);
    c.set('auth', outcome.caller as CallerOf<O>);
    await next();
    c.res = withHeaders(c.res, outcome.headers);
  };
  return middleware;
}

/** After `requireSession`: the caller must have a role (`roleCheck`), else 403. */
export const requireRole = (role: string, options?: RoleOptions) => guard(roleCheck(role, options));

/** After `requireSession`: the caller must have proved presence lately (`freshCheck`), else 403. */
export const requireFresh = (age: string | number) => guard(freshCheck(age));

const guard =
  (check: Check): MiddlewareHandler<{ Variables: Partial<SessionVariables> }> =>
  async (c, next) => {
    const refused = refusal([check], c.var.auth, (name) => c.req.param(name));
    return refused === undefined ? next() : responseOf(refused);
  };
