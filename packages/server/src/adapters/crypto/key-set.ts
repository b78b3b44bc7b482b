import { createHash, generateKeyPairSync, randomBytes, type webcrypto } from 'node:crypto';
import { maxSkew } from '../../kernel/clock/clock.ts';

/** RFC 7517. */
export type JsonWebKey = webcrypto.JsonWebKey;

/** The algorithms of tokens (RFC 7518, RFC 9864). */
export type SigningAlgorithm = 'ES256' | 'Ed25519';

/** A signing key as it is stored. Times are Unix milliseconds. */
export interface StoredKey {
  /** The RFC 7638 thumbprint. */
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly privateJwk: JsonWebKey;
  readonly createTime: number;
  /** From when it may sign: every verifier can know it by then. */
  readonly usableTime: number;
  /** From when it signs; absent for the next key. */
  readonly activateTime?: number;
}

/** All keys of an installation. */
export interface KeySet {
  readonly format: 1;
  /** The HMAC key of session credentials: 32 bytes in base64url. */
  readonly credentialKey: string;
  readonly keys: readonly StoredKey[];
}

/**
 * A verifier that sees an unknown key fetches the keys, and then not again for 30 s. So a key that was published earlier
 * than that before its first use is never refused. Milliseconds.
 */
const publishAhead = 35_000;

/** Makes new keys: one that signs from now on, and the next. */
export function newKeySet(alg: SigningAlgorithm, now: number): KeySet {
  const current = { ...newKey(alg, now, now), activateTime: now };
  // It is published together with the first key, so the first rotation need not wait.
  const next = newKey(alg, now, now);
  return { format: 1, credentialKey: randomBytes(32).toString('base64url'), keys: [current, next] };
}

/** The key that signs at that time. */
export function currentKey(set: KeySet, now: number): StoredKey {
  const active = activeKeys(set);
  // A clock that was set back must not leave the server without a key.
  return active.findLast((key) => key.activateTime! <= now) ?? active[0]!;
}

/** When the next key took over or will; undefined while none is to follow. */
export function retireTime(set: KeySet, key: StoredKey): number | undefined {
  const active = activeKeys(set);
  return key.activateTime === undefined ? undefined : active[active.indexOf(key) + 1]?.activateTime;
}

/** The keys without those that retired more than `keepFor` milliseconds ago, whose last tokens have expired. */
export function liveKeys(set: KeySet, now: number, keepFor: number): readonly StoredKey[] {
  return set.keys.filter((key) => (retireTime(set, key) ?? now) + keepFor >= now);
}

/**
 * Lets the next key take over as soon as every verifier can know it, and makes a new next key. Returns the same set
 * while a rotation is under way.
 */
export function rotateKeys(set: KeySet, alg: SigningAlgorithm, now: number, keepFor: number): KeySet {
  const soon = now + publishAhead;
  if (activeKeys(set).some((key) => isWaiting(key, now))) return set;
  const keys = liveKeys(set, now, keepFor).map((key) => {
    if (key.activateTime === undefined) {
      return { ...key, activateTime: Math.max(now, Math.min(key.usableTime, soon)) };
    }
    // Of a clock that was ahead. Otherwise it would take over once more when its time comes.
    return key.activateTime > now ? { ...key, activateTime: now } : key;
  });
  return { ...set, keys: [...keys, newKey(alg, now, now + publishAhead)] };
}

/** Removes a key that may have leaked. If it was signing, the next one signs from now on. */
export function removeKey(set: KeySet, kid: string, alg: SigningAlgorithm, now: number): KeySet {
  const signing = currentKey(set, now).kid === kid;
  const rest = set.keys.filter((key) => key.kid !== kid);
  const keys = rest.map((key) => {
    const takesOver = signing && (key.activateTime === undefined || key.activateTime > now);
    return takesOver ? { ...key, activateTime: now } : key;
  });
  const complete = keys.some((key) => key.activateTime === undefined);
  return { ...set, keys: complete ? keys : [...keys, newKey(alg, now, now + publishAhead)] };
}

/** Whether the key is about to take over: no longer than it has to be published before. */
function isWaiting({ activateTime }: StoredKey, now: number): boolean {
  return activateTime !== undefined && activateTime > now && activateTime <= now + publishAhead + maxSkew;
}

function activeKeys(set: KeySet): StoredKey[] {
  const active = set.keys.filter((key) => key.activateTime !== undefined);
  return active.sort((a, b) => a.activateTime! - b.activateTime!);
}

function newKey(alg: SigningAlgorithm, createTime: number, usableTime: number): StoredKey {
  const { privateKey } =
    alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519');
  const privateJwk = privateKey.export({ format: 'jwk' });
  return { kid: thumbprint(privateJwk), alg, privateJwk, createTime, usableTime };
}

/** RFC 7638, 3: the required members in the order of their names. */
function thumbprint({ crv, kty, x, y }: JsonWebKey): string {
  const members = y === undefined ? { crv, kty, x } : { crv, kty, x, y };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}
