export type { Authenticated } from './authenticated.ts';
export { createVerifier } from './create-verifier.ts';
export {
  InvalidCredentials,
  type InvalidReason,
  TokenStale,
  Unavailable,
  type UnavailableReason,
} from './errors.ts';
export type { Logger, OnStale, SessionEnd, VerifierOptions } from './options.ts';
export { SessionEnded } from './session-signals.ts';
export type { VerifierStatus } from './status.ts';
export type { AuthenticateOptions, Verifier } from './verifier.ts';
