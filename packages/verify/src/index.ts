export type { Cookie, LogoutSessionEvent, Token } from './auth-interface.ts';
export { createVerifier } from './create-verifier.ts';
export type { Renewed } from './engine/authenticate-cookie.ts';
export type { Authenticated } from './engine/authenticated.ts';
export { SessionEnded } from './engine/session-signals.ts';
export type { AuthenticateOptions } from './engine/settle.ts';
export type { VerifierStatus } from './engine/status.ts';
export type { Verifier } from './engine/verifier.ts';
export {
  InvalidCredentials,
  type InvalidReason,
  NoPermissions,
  TokenStale,
  Unavailable,
  type UnavailableReason,
} from './errors.ts';
export type { Logger, OnStale, SessionEnd, VerifierOptions } from './options.ts';
