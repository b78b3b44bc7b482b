import { createPrivateKey } from 'node:crypto';
import type { KeySet } from './key-set.ts';

/** Why the keys cannot be used: one sentence for the operator. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

/** The text of a key set, with a version that each write changes. */
export interface StoredKeySet {
  readonly text: string;
  readonly version: string;
}

/** Where a key set is kept. Throws a KeyError, or UNAVAILABLE for what may pass. */
export interface KeyStorage {
  load(): Promise<StoredKeySet | undefined>;
  /** The version that `load` would give; cheap. */
  version(): Promise<string | undefined>;
  /** Replaces the expected version, or creates the first. False when another process was faster. */
  save(text: string, expected: string | undefined): Promise<boolean>;
}

/** The key set that the text holds. Throws a KeyError that names where it comes from. */
export function parseKeySet(text: string, where: string): KeySet {
  try {
    const set = JSON.parse(text) as KeySet;
    if (set.format !== 1)
      throw new KeyError(
        `The keys in ${where} were written by a newer version of Latchkey; start that version instead.`,
      );
    if (Buffer.from(set.credentialKey, 'base64url').length !== 32) throw new TypeError('credentialKey');
    for (const key of set.keys) createPrivateKey({ key: key.privateJwk, format: 'jwk' });
    if (!set.keys.some((key) => key.activateTime !== undefined)) throw new TypeError('keys');
    return set;
  } catch (error) {
    if (error instanceof KeyError) throw error;
    // Without the cause, which could quote the text.
    throw new KeyError(`The keys in ${where} are damaged: restore them from a backup.`);
  }
}
