import { createCipheriv, createDecipheriv, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { SecretStore } from '../keys/store.ts';
import { KeyError, type KeyStorage } from './key-storage.ts';

/** The name under which the database keeps the keys. */
export const keysSecret = 'keys';

/**
 * Keys in the database, encrypted with AES-256-GCM under a key that HKDF-SHA-256 derives from the master key; the
 * name of the row is authenticated with them, so that no row passes for another.
 */
export function createKeyVault(secrets: SecretStore, masterKey: KeyObject): KeyStorage {
  const box = createBox(masterKey, keysSecret);
  return {
    async load() {
      const found = await secrets.find(keysSecret);
      return found && { text: box.open(found.value), version: String(found.version) };
    },
    async version() {
      const found = await secrets.find(keysSecret);
      return found && String(found.version);
    },
    save: (text, expected) =>
      secrets.put(keysSecret, box.seal(text), expected === undefined ? undefined : Number(expected)),
  };
}

function createBox(masterKey: KeyObject, name: string) {
  const label = `latchkey/1/${name}`;
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', label, 32));
  return {
    seal(text: string): string {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(label));
      const sealed = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
      return `1.${sealed.toString('base64url')}`;
    },
    open(value: string): string {
      try {
        const sealed = Buffer.from(/^1\.([A-Za-z0-9_-]+)$/.exec(value)![1]!, 'base64url');
        const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), { authTagLength: 16 });
        cipher.setAAD(Buffer.from(label)).setAuthTag(sealed.subarray(-16));
        return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString();
      } catch {
        throw new KeyError(
          'The keys in the database were encrypted with another LATCHKEY_MASTER_KEY: set that one.',
        );
      }
    },
  };
}
