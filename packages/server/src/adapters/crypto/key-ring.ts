import { createSecretKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { VerificationKey } from '@latchkey/verify/internal';
import type { Clock } from '../../kernel/clock/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Repetition, runEvery } from '../../kernel/run-every.ts';
import type { SecretStore } from '../../log/secrets/store.ts';
import { createKeyFile } from './key-file.ts';
import {
  currentKey,
  type KeySet,
  newKeySet,
  removeKey,
  rotateKeys,
  type SigningAlgorithm,
} from './key-set.ts';
import { KeyError, type KeyStorage, parseKeySet, type StoredKeySet } from './key-storage.ts';
import { createKeyVault, keysSecret } from './key-vault.ts';
import { type Jwks, type KeyInfo, type KeyView, type SigningKey, viewOf } from './key-view.ts';

/** The keys of the installation. They are kept in memory; a change by another process is seen within a second. */
export interface KeyRing {
  /** The HMAC key of session credentials. Does not change while the process lives. */
  readonly credentialKey: KeyObject;
  signingKey(): SigningKey;
  /** The public key with that id, if it is current, next, or previous. */
  verificationKey(kid: string): VerificationKey | undefined;
  jwks(): Jwks;
  /** Current, next, previous. */
  list(): readonly KeyInfo[];
  /**
   * Lets the next key take over, as soon as every verifier can know it. Does nothing while a rotation is under way.
   * Returns what `list` says afterwards. Throws CONFLICT when other processes change keys all the time.
   */
  rotate(): Promise<readonly KeyInfo[]>;
  /** Removes a key that may have leaked. False when there is none with that id. Throws CONFLICT as `rotate` does. */
  revoke(kid: string): Promise<boolean>;
  /** Reads the keys again if another process changed them. */
  reload(): Promise<void>;
  /** From now on, reloads every second and rotates when it is due. Failures go to `onError` and are tried again. */
  watch(onError: (error: unknown) => void): void;
  /** Waits for a rotation that is under way. */
  close(): Promise<void>;
}

export interface KeyRingOptions {
  readonly dataDir: string;
  readonly masterKey?: KeyObject;
  readonly secrets: Pick<SecretStore, 'find' | 'put'>;
  /** The algorithm of keys that are made from now on. */
  readonly algorithm: SigningAlgorithm;
  /** How long a key signs, in milliseconds; 0 for ever. */
  readonly rotation: number;
  /** How long a token lives, in milliseconds. */
  readonly tokenTtl: number;
  readonly clock: Clock;
  /** Creates no keys: throws a KeyError when there are none. */
  readonly mustExist?: boolean;
}

/** A retired key is kept for as long as its last token lives, and this longer: clocks may differ by 30 s each way. */
const margin = 60_000;
const pollInterval = 1000;

/**
 * Opens the keys, and makes them at the first start: in the database, encrypted under the master key, or without one in
 * `<data folder>/keys.json`. Throws a KeyError, one sentence, when they cannot be read or kept.
 */
export async function openKeyRing(options: KeyRingOptions): Promise<KeyRing> {
  const { dataDir, masterKey, secrets, algorithm, clock } = options;
  const file = createKeyFile(join(dataDir, 'keys.json'));
  if (masterKey === undefined && (await secrets.find(keysSecret)) !== undefined) {
    throw new KeyError(
      'The keys are kept in the database, encrypted: set LATCHKEY_MASTER_KEY to the key that encrypted them.',
    );
  }
  const storage = masterKey === undefined ? file : createKeyVault(secrets, masterKey);
  // When a master key is set later, the keys are taken from the file, so that everybody stays signed in.
  const first = async () => (await file.load())?.text ?? JSON.stringify(newKeySet(algorithm, clock.now()));
  const found = await storage.load();
  if (found === undefined && options.mustExist) {
    throw new KeyError(
      `There are no keys in ${placeOf(options)}. The first start of the server creates them.`,
    );
  }
  const stored = found ?? (await createKeys(storage, await first()));
  return createKeyRing(storage, stored, options);
}

async function createKeys(storage: KeyStorage, text: string): Promise<StoredKeySet> {
  await storage.save(text, undefined);
  const stored = await storage.load();
  if (stored === undefined)
    throw new KeyError('The keys were removed while they were being made: start again.');
  return stored;
}

/** Where the keys are kept. */
function placeOf({ dataDir, masterKey }: KeyRingOptions): string {
  return masterKey === undefined ? join(dataDir, 'keys.json') : 'the database';
}

function createKeyRing(storage: KeyStorage, first: StoredKeySet, options: KeyRingOptions): KeyRing {
  const { algorithm, rotation, tokenTtl, clock } = options;
  const where = placeOf(options);
  const keepFor = tokenTtl + margin;
  let version: string;
  let set: KeySet;
  let view: KeyView;
  /** Keys that are refused at once, also while they cannot be removed from the storage. */
  const revoked = new Set<string>();
  let watching: Repetition | undefined;
  adopt(first);
  const credentialKey = createSecretKey(set!.credentialKey, 'base64url');

  function adopt(stored: StoredKeySet): void {
    set = parseKeySet(stored.text, where);
    view = viewOf(set, clock.now(), keepFor);
    version = stored.version;
  }

  function now(): KeyView {
    const time = clock.now();
    if (time >= view.until || time < view.from) view = viewOf(set, time, keepFor);
    return view;
  }

  async function reload(): Promise<void> {
    // Keys whose file was lost stay in use, so that nobody is signed out.
    if ([version, undefined].includes(await storage.version())) return;
    const stored = await storage.load();
    if (stored !== undefined) adopt(stored);
  }

  async function change(edit: (set: KeySet, time: number) => KeySet): Promise<boolean> {
    for (let attempt = 0; attempt < 20; attempt++) {
      await reload();
      const changed = edit(set, clock.now());
      if (changed === set) return false;
      if (await storage.save(JSON.stringify(changed), version)) {
        await reload();
        return true;
      }
    }
    throw new AppError('CONFLICT', { detail: 'Other processes are changing the keys. Try again.' });
  }

  /** Lets the next key sign at once, not only when the storage says so: what a refused key signs is of no use. */
  function takeOver(kid: string): void {
    const time = clock.now();
    if (now().signing.kid !== kid || set.keys.length === 1) return;
    const stored = new Set(set.keys.map((key) => key.kid));
    const rest = removeKey(set, kid, algorithm, time);
    // The key after the next one is made when the storage is changed.
    view = viewOf({ ...rest, keys: rest.keys.filter((key) => stored.has(key.kid)) }, time, keepFor);
  }

  /** When several processes find a rotation due, the first rotates and the others then find it done. */
  const rotateIfDue = () =>
    change((old, time) => {
      const since = currentKey(old, time).activateTime!;
      const due = rotation > 0 && clock.remaining(since + rotation, rotation) === 0;
      return due ? rotateKeys(old, algorithm, time, keepFor) : old;
    });

  return {
    credentialKey,
    signingKey: () => now().signing,
    verificationKey: (kid) => (revoked.has(kid) ? undefined : now().verification.get(kid)),
    jwks: () => now().jwks,
    list: () => now().infos,
    async rotate() {
      await change((old, time) => rotateKeys(old, algorithm, time, keepFor));
      return now().infos;
    },
    revoke(kid) {
      revoked.add(kid);
      takeOver(kid);
      return change((old, time) => {
        return old.keys.some((key) => key.kid === kid) ? removeKey(old, kid, algorithm, time) : old;
      });
    },
    reload,
    watch(onError) {
      watching ??= runEvery(pollInterval, rotateIfDue, onError);
    },
    async close() {
      await watching?.close();
    },
  };
}
