import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { SecretBox } from '../../kernel/ports.ts';

/**
 * Encrypts texts for the database with AES-256-GCM, under a key that HKDF-SHA-256 derives from the given one for this
 * purpose. The purpose is authenticated with them, so that no text passes for one of another purpose.
 */
export function createSecretBox(key: KeyObject, purpose: string): SecretBox {
  const label = `latchkey/1/${purpose}`;
  const derived = Buffer.from(hkdfSync('sha256', key, '', label, 32));
  const markKey = Buffer.from(hkdfSync('sha256', key, '', `${label}/marks`, 32));
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', derived, nonce).setAAD(Buffer.from(label));
      const sealed = Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
      return `1.${sealed.toString('base64url')}`;
    },
    open(value) {
      try {
        const sealed = Buffer.from(/^1\.([A-Za-z0-9_-]+)$/.exec(value)![1]!, 'base64url');
        const cipher = createDecipheriv('aes-256-gcm', derived, sealed.subarray(0, 12), {
          authTagLength: 16,
        });
        cipher.setAAD(Buffer.from(label)).setAuthTag(sealed.subarray(-16));
        return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString();
      } catch {
        return undefined;
      }
    },
    mark: (text) => createHmac('sha256', markKey).update(text).digest('base64url'),
  };
}
