import type { ResolvedOptions } from '../options.ts';
import { createAuthenticate } from './authenticate.ts';
import type { Authenticated } from './authenticated.ts';
import { createEngine } from './engine.ts';
import type { LocalClocks } from './follower.ts';
import { untilReady } from './ready.ts';
import type { AuthenticateOptions } from './settle.ts';
import { statusOf, type VerifierStatus } from './status.ts';

/** A running verifier. Its methods need no `this`: they may be taken out of it. */
export interface Verifier {
  /** The issuer whose tokens it accepts. */
  readonly issuer: string;
  /**
   * Returns the caller, given the token (without `Bearer`) and the value of the cookie. Makes no request as long as
   * the verifier is in contact with the issuer. Throws `InvalidCredentials`, `TokenStale` or `Unavailable`, and
   * nothing else, whatever the arguments are.
   */
  authenticate(token: unknown, cookie: unknown, options?: AuthenticateOptions): Promise<Authenticated>;
  /**
   * Resolves when the verifier has the issuer's keys and the whole revocation log. Throws `Unavailable` after
   * `timeout` milliseconds (30 000 by default), when the service key is refused, and when the verifier is closed. In
   * the first two cases the verifier keeps trying.
   */
  ready(options?: { readonly timeout?: number }): Promise<void>;
  /** Figures for metrics and health checks. */
  status(): VerifierStatus;
  /** Ends everything that was started. Later calls throw `Unavailable`. May be called again. */
  close(): void;
}

/** Starts a verifier with checked options. */
export function startVerifier(options: ResolvedOptions, clocks: LocalClocks): Verifier {
  const engine = createEngine(options, clocks);
  engine.start();
  return Object.freeze({
    issuer: options.issuer,
    authenticate: createAuthenticate(engine),
    ready: async ({ timeout }: { readonly timeout?: number } = {}) => untilReady(engine, timeout),
    status: () => statusOf(engine),
    close: () => engine.close(),
  });
}
