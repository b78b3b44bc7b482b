import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../kernel/context.ts';
import type { SessionUses } from '../sessions/session-uses.ts';
import type { VerifierRegistry } from '../verifiers/verifier-registry.ts';
import type { SessionCookie } from './cookies.ts';

/** What handlers are given: the operations' context, and what belongs to HTTP. */
export interface HttpContext extends Context {
  /** Absent where cookies are off. */
  readonly cookie: SessionCookie | undefined;
  readonly publicUrl: string;
  readonly uses: SessionUses;
  readonly verifiers: VerifierRegistry;
  readonly httpLog: FastifyBaseLogger;
}
