import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Outcome, SessionOptions, VerifierSource } from './adapter/adapter.ts';
import { createAdapter, refusal } from './adapter/adapter.ts';
import { type Check, freshCheck, type RoleOptions, roleCheck } from './adapter/checks.ts';
import type { Authenticated } from './index.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The caller, set by Latchkey's `requireSession`; `undefined` if anonymous. */
    auth?: Authenticated | undefined;
  }
}
/** The part of a request that is used here, so that it fits the types of any route. */
type Request = Pick<FastifyRequest, 'method' | 'originalUrl' | 'auth' | 'params' | 'raw'>;
type Reply = Pick<FastifyReply, 'code' | 'headers'>;
type Hook = (request: Request, reply: Reply) => Promise<unknown>;

/** An `onRequest` hook: sets `request.auth`, or answers 401 `INVALID_CREDENTIALS`, 401 `TOKEN_STALE` or 503. */
export function requireSession(verifier: VerifierSource, options?: SessionOptions): Hook {
  const authenticate = createAdapter(verifier, options);
  return async (request, reply) => {
    const { method, originalUrl: target, raw } = request;
    const outcome = await authenticate({ method, target, headers: raw.rawHeaders });
    if (outcome.problem === undefined) request.auth = outcome.caller;
    return answer(reply.headers(outcome.headers ?? {}), outcome.problem);
  };
}

/** A hook after `requireSession`: the caller must have a role (`roleCheck`), else 403. */
export const requireRole = (role: string, options?: RoleOptions) => guard(roleCheck(role, options));

/** A hook after `requireSession`: the caller must have proved presence lately (`freshCheck`), else 403. */
export const requireFresh = (age: string | number) => guard(freshCheck(age));

const guard = (check: Check): Hook => {
  const read = (params: unknown) => (name: string) => Object(params)[name];
  return async ({ auth, params }, reply) => answer(reply, refusal([check], auth, read(params)));
};
/** Sent as bytes: Fastify adds a charset to the type of a text, and JSON has none (RFC 8259). */
const answer = (reply: Reply, problem: Outcome['problem']) =>
  problem && reply.code(problem.status).headers(problem.headers).send(Buffer.from(problem.body));
