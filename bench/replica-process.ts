/**
 * A verifier of ISSUER and what it takes: milliseconds to be ready, MiB that it holds then. With SEEN=true also how fast
 * it authenticates tokens that it has seen, beside fast-jwt.
 */
import { createVerifier } from '@latchkey/verify';

const { ISSUER = '', SERVICE_KEY = '' } = process.env;
const collect = (globalThis as { gc?: () => void }).gc!;

function mebibytes(): number {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

const before = mebibytes();
const since = performance.now();
const verifier = createVerifier({ issuer: ISSUER, serviceKey: SERVICE_KEY, onStale: 'reject' });
await verifier.ready({ timeout: 120_000 });
const ready = performance.now() - since;
await new Promise((resolve) => setTimeout(resolve, 500));
const { entries } = verifier.status();
process.send?.({ ready, entries, mebibytes: mebibytes() - before }, () => process.exit(0));
