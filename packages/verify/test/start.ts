import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import {
  createVerifier,
  InvalidCredentials,
  TokenStale,
  Unavailable,
  type Verifier,
  type VerifierOptions,
} from '../src/index.ts';
import { Issuer, serviceKey } from './issuer.ts';

/** Starts an issuer and a verifier that follows it; both end with the test. */
export async function start(
  context: TestContext,
  options: Partial<VerifierOptions> = {},
  prepare?: (issuer: Issuer) => void,
): Promise<{ issuer: Issuer; verifier: Verifier }> {
  const issuer = await new Issuer().start();
  prepare?.(issuer);
  const verifier = createVerifier({ issuer: issuer.url, serviceKey, ...options });
  context.after(async () => {
    verifier.close();
    await issuer.stop();
  });
  return { issuer, verifier };
}

/** As `start`, and waits until the verifier is ready. */
export async function startReady(
  context: TestContext,
  options: Partial<VerifierOptions> = {},
  prepare?: (issuer: Issuer) => void,
): Promise<{ issuer: Issuer; verifier: Verifier }> {
  const started = await start(context, options, prepare);
  await started.verifier.ready({ timeout: 5000 });
  return started;
}

/** Asserts that the promise rejects with one of the three errors, for this reason. */
export async function refused(promise: Promise<unknown>, reason: string): Promise<void> {
  const error: unknown = await promise.then(
    () => assert.fail(`accepted, instead of ${reason}`),
    (thrown: unknown) => thrown,
  );
  const known =
    error instanceof InvalidCredentials || error instanceof TokenStale || error instanceof Unavailable;
  assert.ok(known, String(error));
  assert.equal(error.reason, reason);
}
