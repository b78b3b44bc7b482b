import type { ResolvedOptions } from '../options.ts';
import { createAuthenticate } from './authenticate.ts';
import { createAuthenticateCookie, type Renewed, renew } from './authenticate-cookie.ts';
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
   * Returns the caller, given the value of the cookie without a token, as a page that a browser opens sends it. It asks
   * the issuer's WhoAmI for a token once in the life of a token, for all callers together, and judges the cookie by
   * that token without a request in between. Throws `InvalidCredentials` or `Unavailable`, and nothing else.
   *
   * A browser adds the cookie to what other sites' pages ask for, too: use it only for requests that change nothing,
   * or whose origin was checked. The adapters do so by themselves.
   */
  authenticateCookie(cookie: unknown, options?: AuthenticateOptions): Promise<Authenticated>;
  /**
   * Renews an expired token, given the cookie that it was issued for, as `authenticateCookie` gets one. Returns the new
   * token for the client, and the caller. The caller never changes: a token of another session is refused. Throws
   * `InvalidCredentials` or `Unavailable`, and nothing else.
   */
  renew(token: unknown, cookie: unknown, options?: AuthenticateOptions): Promise<Renewed>;
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
  return Object.freeze<Verifier>({
    issuer: options.issuer,
    authenticate: createAuthenticate(engine),
    authenticateCookie: createAuthenticateCookie(engine),
    renew: (token, cookie, callOptions) => renew(engine, token, cookie, callOptions),
    ready: async ({ timeout }: { readonly timeout?: number } = {}) => untilReady(engine, timeout),
    status: () => statusOf(engine),
    close: () => engine.close(),
  });
}
