import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import {
  type Comparison,
  comparePassword,
  type HashParameters,
  hardenHash,
  hashPassword,
} from './hash-formats.ts';

/** A password to hash, or to compare with the hash; or a fast hash to harden. */
export type HashJob = { readonly password: string; readonly hash?: string } | { readonly fast: string };

/** The outcome of a job: a PHC string, a comparison, or that it failed. */
export type HashResult = { readonly value: string | Comparison } | { readonly failed: true };

const parameters = workerData as HashParameters;

// On Linux this only lowers the priority of this thread, so that requests are answered while passwords are hashed.
try {
  setPriority(10);
} catch {
  // Hashing works at full priority too.
}

parentPort!.on('message', (job: HashJob) => {
  let result: HashResult;
  try {
    result = { value: run(job) };
  } catch {
    // The reason is not passed on: it could quote the password.
    result = { failed: true };
  }
  parentPort!.postMessage(result);
});

function run(job: HashJob): string | Comparison {
  if ('fast' in job) return hardenHash(job.fast, parameters);
  if (job.hash === undefined) return hashPassword(job.password, parameters);
  return comparePassword(job.password, job.hash, parameters);
}
