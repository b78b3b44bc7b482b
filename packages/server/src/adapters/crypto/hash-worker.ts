import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type Comparison, comparePassword, type HashParameters, hashPassword } from './hash-formats.ts';

/** A password to hash, or to compare with the hash. */
export interface HashJob {
  readonly password: string;
  readonly hash?: string;
}

/** The outcome of a job: a PHC string, a comparison, or that it failed. */
export type HashResult = { readonly value: string | Comparison } | { readonly failed: true };

const parameters = workerData as HashParameters;

// On Linux this only lowers the priority of this thread, so that requests are answered while passwords are hashed.
try {
  setPriority(10);
} catch {
  // Hashing works at full priority too.
}

parentPort!.on('message', ({ password, hash }: HashJob) => {
  let result: HashResult;
  try {
    const value =
      hash === undefined ? hashPassword(password, parameters) : comparePassword(password, hash, parameters);
    result = { value };
  } catch {
    // The reason is not passed on: it could quote the password.
    result = { failed: true };
  }
  parentPort!.postMessage(result);
});
