import type { RequestHandler } from 'express';
import { createAdapter, refusal, type SessionOptions } from './adapter/adapter.ts';
import { type Check, freshCheck, type RoleOptions, roleCheck } from './adapter/checks.ts';
import { sendProblem } from './adapter/problem.ts';
import type { Authenticated } from './engine/authenticated.ts';
import type { Verifier } from './engine/verifier.ts';

declare global {
  namespace Express {
    interface Request {
      /** The caller, set by Latchkey's `requireSession`; `undefined` if anonymous. */
      auth?: Authenticated | undefined;
    }
  }
}

/** Sets `req.auth`, or answers 401 `INVALID_CREDENTIALS`, 401 `TOKEN_STALE` or 503 `UNAVAILABLE`. */
export function requireSession(verifier: Verifier, options?: SessionOptions): RequestHandler {
  const authenticate = createAdapter(verifier, options);
  return async (req, res, next) => {
    const outcome = await authenticate(req.rawHeaders);
    if (outcome.problem !== undefined) return sendProblem(res, outcome.problem);
    req.auth = outcome.caller;
    next();
  };
}

/** After `requireSession`: the caller must have a role (`roleCheck`), else 403. */
export const requireRole = (role: string, options?: RoleOptions) => guard(roleCheck(role, options));

/** After `requireSession`: the caller must have proved presence lately (`freshCheck`), else 403. */
export const requireFresh = (age: string | number) => guard(freshCheck(age));

const guard =
  (check: Check): RequestHandler =>
  (req, res, next) => {
    const refused = refusal([check], req.auth, (name) => req.params[name]);
    return refused === undefined ? next() : sendProblem(res, refused);
  };
