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
  /** The issuer whose tokens it takes. */
  readonly issuer: string;
  /**
   * Who is calling, by the token (bare, without `Bearer`) and the cookie's value. Makes no request
   * as long as the verifier is in touch with the issuer. Throws `InvalidCredentials`, `TokenStale`
   * or `Unavailable`, and nothing else, whatever it is given.
   */
  authenticate(token: unknown, cookie: unknown, options?: AuthenticateOptions): Promise<Authenticated>;
  /**
   * Resolves when the verifier holds the issuer's keys and the whole revocation log. Throws
   * `Unavailable` after `timeout` milliseconds (30 000 by default), when the service key is refused,
   * and when the verifier is closed; it goes on trying in the first two cases.
   */
  ready(options?: { readonly timeout?: number }): Promise<void>;
  /** Figures for metrics and health checks. */
  status(): VerifierStatus;
  /** Ends everything that was started; calls from then on throw `Unavailable`. May be repeated. */
  close(): void;
}

/** Starts a verifier with options that were checked. */
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
