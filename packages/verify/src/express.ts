import type { RequestHandler } from 'express';
import type { SessionOptions, VerifierSource } from './adapter/adapter.ts';
import { createAdapter, refusal } from './adapter/adapter.ts';
import { type Check, freshCheck, type RoleOptions, roleCheck } from './adapter/checks.ts';
import { sendProblem } from './adapter/problem.ts';
import type { Authenticated } from './engine/authenticated.ts';

declare global {
  namespace Express {
    interface Request {
      /** The caller, set by Latchkey's `requireSession`; `undefined` if anonymous. */
      auth?: Authenticated | undefined;
    }
  }
}

/** Sets `req.auth`, or answers 401 `INVALID_CREDENTIALS`, 401 `TOKEN_STALE` or 503 `UNAVAILABLE`. */
export function requireSession(verifier: VerifierSource, options?: SessionOptions): RequestHandler {
  const authenticate = createAdapter(verifier, options);
  return async (req, res, next) => {
    const { method, originalUrl: target, rawHeaders: headers } = req;
    const { problem, caller, headers: more } = await authenticate({ method, target, headers });
    if (problem !== undefined) return sendProblem(res, problem);
    req.auth = caller;
    res.set(more);
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
