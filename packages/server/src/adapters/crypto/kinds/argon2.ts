import { argon2Sync } from 'node:crypto';
import type { Phc } from '../phc.ts';
import { areCounts, derivation, isTag, type Kind, malformed, tooCostly } from './kind.ts';

type Variant = 'argon2id' | 'argon2i' | 'argon2d';

/** The cost of an argon2 hash: `memory` in KiB, and how often it is passed over (RFC 9106, 3.1). */
export interface HashParameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** Argon2 version 1.3, the only one that Node computes: `$argon2id$v=19$m=,t=,p=$salt$tag`. */
export function argon2(variant: Variant): (phc: Phc) => Kind {
  return (phc) => {
    const { version = 16, salt, tag } = phc;
    if (version !== 19) return { refused: 'is of an old version of argon2: only v=19 is supported' };
    const parameters = parametersOf(phc);
    const { memory, passes, parallelism } = parameters;
    if (!areCounts(memory, passes, parallelism) || salt.length < 8 || !isTag(tag, 64)) return malformed;
    if (parallelism > 16 || memory > 2 ** 18 || memory * passes > 2 ** 20) return tooCostly;
    if (memory < 8 * parallelism) return malformed;
    return derivation(tag, (password) => deriveArgon2(variant, password, salt, tag.length, parameters));
  };
}

function parametersOf(phc: Phc): HashParameters {
  return { memory: phc.parameter('m'), passes: phc.parameter('t'), parallelism: phc.parameter('p') };
}

/** Blocks its thread for as long as the parameters demand. */
export function deriveArgon2(
  variant: Variant,
  message: Buffer,
  nonce: Uint8Array,
  tagLength: number,
  parameters: HashParameters,
): Buffer {
  return argon2Sync(variant, { message, nonce, tagLength, ...parameters });
}
