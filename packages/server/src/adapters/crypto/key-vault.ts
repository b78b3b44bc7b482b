import type { KeyObject } from 'node:crypto';
import type { SecretStore } from '../../log/secrets/store.ts';
import { KeyError, type KeyStorage } from './key-storage.ts';
import { createSecretBox } from './secret-box.ts';

/** The name under which the database keeps the keys. */
export const keysSecret = 'keys';

/**
 * Keys in the database, encrypted with AES-256-GCM under a key that HKDF-SHA-256 derives from the master key. The name
 * of the row is authenticated with them, so that no row passes for another.
 */
export function createKeyVault(secrets: SecretStore, masterKey: KeyObject): KeyStorage {
  const box = createSecretBox(masterKey, keysSecret);
  const open = (value: string): string => {
    const text = box.open(value);
    if (text === undefined) {
      throw new KeyError(
        'The keys in the database were encrypted with another LATCHKEY_MASTER_KEY: set that one.',
      );
    }
    return text;
  };
  return {
    async load() {
      const found = await secrets.find(keysSecret);
      return found && { text: open(found.value), version: String(found.version) };
    },
    async version() {
      const found = await secrets.find(keysSecret);
      return found && String(found.version);
    },
    save: (text, expected) =>
      secrets.put(keysSecret, box.seal(text), expected === undefined ? undefined : Number(expected)),
  };
}
