import { readFileSync } from 'node:fs';
import type { ForeignHash } from '../../src/kernel/ports.ts';

/** A hash that another program made of a known password. */
export interface ForeignHashVector {
  /** Whose hashes look like this. */
  readonly system: string;
  /** Of the system, or of what made the hash. */
  readonly version: string;
  readonly password: string;
  readonly foreign: ForeignHash;
  /** How it was made. */
  readonly source: string;
}

/** All samples, in the order of the file. */
export const foreignHashes: readonly ForeignHashVector[] = JSON.parse(
  readFileSync(new URL('../vectors/foreign-hashes.json', import.meta.url), 'utf8'),
).map(({ hash, hash_kind, salt, hash_params, ...rest }: Record<string, unknown>) => ({
  ...rest,
  foreign: {
    hash,
    ...(hash_kind !== undefined && { kind: hash_kind }),
    ...(salt !== undefined && { salt }),
    ...(hash_params !== undefined && { parameters: hash_params }),
  },
}));
