import { createHash, generateKeyPairSync, randomBytes, type webcrypto } from 'node:crypto';

/** RFC 7517. */
export type JsonWebKey = webcrypto.JsonWebKey;

/** The algorithms of tokens (RFC 7518, RFC 9864). */
export type SigningAlgorithm = 'ES256' | 'Ed25519';

/** A signing key as it is kept. Times are unix milliseconds. */
export interface StoredKey {
  /** The RFC 7638 thumbprint. */
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly privateJwk: JsonWebKey;
  readonly createTime: number;
  /** Since when every verifier can know it, so that it may sign. */
  readonly usableTime: number;
  /** When it signs from; absent for the next key. */
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
 * A verifier that meets an unknown key fetches the keys, and then not again for 30 s. A key that was published longer
 * than that before its first use is never refused.
 */
const publishAhead = 35_000;

/** New keys: one that signs from now on, and the next. */
export function newKeySet(alg: SigningAlgorithm, now: number): KeySet {
  const current = { ...newKey(alg, now, now), activateTime: now };
  // Published together with the first key, so the first rotation need not wait.
  const next = newKey(alg, now, now);
  return { format: 1, credentialKey: randomBytes(32).toString('base64url'), keys: [current, next] };
}

/** The key that signs at that time. */
export function currentKey(set: KeySet, now: number): StoredKey {
  const active = activeKeys(set);
  // A clock that was set back must not leave the server without a key.
  return active.findLast((key) => key.activateTime! <= now) ?? active[0]!;
}

/** When another key took over or will; undefined for the key that nothing follows. */
export function retireTime(set: KeySet, key: StoredKey): number | undefined {
  const active = activeKeys(set);
  return key.activateTime === undefined ? undefined : active[active.indexOf(key) + 1]?.activateTime;
}

/** The keys without those that retired so long ago that no token of theirs can live. */
export function liveKeys(set: KeySet, now: number, keepFor: number): readonly StoredKey[] {
  return set.keys.filter((key) => (retireTime(set, key) ?? now) + keepFor >= now);
}

/**
 * The next key takes over as soon as every verifier can know it, and there is a new next key. The same set when a
 * rotation is under way already.
 */
export function rotated(set: KeySet, alg: SigningAlgorithm, now: number, keepFor: number): KeySet {
  if (activeKeys(set).some((key) => key.activateTime! > now)) return set;
  const keys = liveKeys(set, now, keepFor).map((key) => {
    return key.activateTime === undefined ? { ...key, activateTime: Math.max(now, key.usableTime) } : key;
  });
  return { ...set, keys: [...keys, newKey(alg, now, now + publishAhead)] };
}

/** The set without that key, which may have leaked. If it was signing, the next one does from now on. */
export function without(set: KeySet, kid: string, alg: SigningAlgorithm, now: number): KeySet {
  const signing = currentKey(set, now).kid === kid;
  const rest = set.keys.filter((key) => key.kid !== kid);
  const keys = rest.map((key) => {
    const takesOver = signing && (key.activateTime === undefined || key.activateTime > now);
    return takesOver ? { ...key, activateTime: now } : key;
  });
  const complete = keys.some((key) => key.activateTime === undefined);
  return { ...set, keys: complete ? keys : [...keys, newKey(alg, now, now + publishAhead)] };
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
