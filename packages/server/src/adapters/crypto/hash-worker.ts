import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { type Comparison, comparePassword, type HashParameters, hashPassword } from './hash-formats.ts';

/** A password to hash, or with a hash to compare it with. */
export interface HashJob {
  readonly password: string;
  readonly hash?: string;
}

/** What became of a job: a PHC string, a comparison, or that it could not be done. */
export type HashResult = { readonly value: string | Comparison } | { readonly failed: true };

const parameters = workerData as HashParameters;

// On Linux this is the priority of the calling thread alone, so that while passwords are hashed requests are answered.
try {
  setPriority(10);
} catch {
  // Hashing at full priority is right too.
}

parentPort!.on('message', ({ password, hash }: HashJob) => {
  let result: HashResult;
  try {
    const value =
      hash === undefined ? hashPassword(password, parameters) : comparePassword(password, hash, parameters);
    result = { value };
  } catch {
    // The reason stays here: an error of the argument checks could quote the password.
    result = { failed: true };
  }
  parentPort!.postMessage(result);
});
