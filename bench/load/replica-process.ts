/** Starts a verifier of ISSUER. Sends the milliseconds until it is ready, its entries, and the MiB that it holds then. */
import { setTimeout as sleep } from 'node:timers/promises';
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
await sleep(500);
const { entries } = verifier.status();
process.send?.({ ready, entries, mebibytes: mebibytes() - before }, () => process.exit(0));
