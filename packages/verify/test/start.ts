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
import { Issuer, SERVICE_KEY } from './issuer.ts';

/** An issuer and a verifier that follows it, both ended with the test. */
export async function start(
  context: TestContext,
  options: Partial<VerifierOptions> = {},
  prepare?: (issuer: Issuer) => void,
): Promise<{ issuer: Issuer; verifier: Verifier }> {
  const issuer = await new Issuer().start();
  prepare?.(issuer);
  const verifier = createVerifier({ issuer: issuer.url, serviceKey: SERVICE_KEY, ...options });
  context.after(async () => {
    verifier.close();
    await issuer.stop();
  });
  return { issuer, verifier };
}

/** As `start`, and the verifier is ready. */
export async function startReady(
  context: TestContext,
  options: Partial<VerifierOptions> = {},
  prepare?: (issuer: Issuer) => void,
): Promise<{ issuer: Issuer; verifier: Verifier }> {
  const started = await start(context, options, prepare);
  await started.verifier.ready({ timeout: 5000 });
  return started;
}

/** The promise must reject with one of the three errors, for this reason. */
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
