import { movableClock } from '../../../test/support/clock.ts';
import { masterKey } from '../../config/values.ts';
import type { SecretStore, StoredSecret } from '../../log/secrets/store.ts';
import { type KeyRing, type KeyRingOptions, openKeyRing } from './key-ring.ts';

/** Secrets in memory, for tests. */
export function memorySecrets(): SecretStore & { readonly rows: Map<string, StoredSecret> } {
  const rows = new Map<string, StoredSecret>();
  return {
    rows,
    find: async (name) => rows.get(name),
    put: async (name, value, expectedVersion) => {
      if (rows.get(name)?.version !== expectedVersion) return false;
      rows.set(name, { version: (expectedVersion ?? 0) + 1, value });
      return true;
    },
  };
}

/** A key ring for tests, without a file. */
export function memoryRing(options: Partial<KeyRingOptions> = {}): Promise<KeyRing> {
  return openKeyRing({
    dataDir: '/nonexistent',
    masterKey: masterKey('00112233445566778899aabbccddeeff'.repeat(2)),
    secrets: memorySecrets(),
    algorithm: 'ES256',
    rotation: 0,
    tokenTtl: 300_000,
    clock: movableClock(1_790_000_000_000),
    ...options,
  });
}
