import { startVerifier, type Verifier } from './engine/verifier.ts';
import { resolveOptions, type VerifierOptions } from './options.ts';

/**
 * Makes a verifier. It starts at once to load the issuer's keys and to follow its revocation feed, until `close()`.
 * Times in options are milliseconds, except `clockSkew`, which is seconds. Throws a `TypeError` for a wrong or
 * unknown option.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const clocks = { wall: () => Date.now(), monotonic: () => performance.now() };
  return startVerifier(resolveOptions(options), clocks);
}
