import { createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { VerificationKey } from '@latchkey/verify/internal';
import { rawSignature } from './ecdsa-signature.ts';
import { currentKey, type KeySet, liveKeys, retireTime, type StoredKey } from './key-set.ts';

/** The key that signs, ready for use. */
export interface SigningKey {
  readonly kid: string;
  /** The token's first part, encoded. */
  readonly header: string;
  /** The signature as JWS wants it (RFC 7518, 3.4; RFC 8037, 3.1). */
  sign(data: Buffer): Buffer;
}

/** What an operator sees of a key. Times are Unix milliseconds. */
export interface KeyInfo {
  readonly kid: string;
  readonly alg: string;
  readonly state: 'next' | 'current' | 'previous';
  readonly createTime: number;
  /** When it began to sign, or will. */
  readonly activateTime?: number;
  /** When another key took over, or will. */
  readonly retireTime?: number;
}

/** A public key by the names of RFC 7517, 4. */
export interface PublicJwk {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  /** Only with ES256. */
  readonly y?: string;
  readonly kid: string;
  readonly alg: string;
  readonly use: 'sig';
}

/** Public keys as `/.well-known/jwks.json` shows them (RFC 7517, 5). */
export interface Jwks {
  readonly keys: readonly PublicJwk[];
}

/** A key set as it is seen from one moment to another. */
export interface KeyView {
  readonly signing: SigningKey;
  readonly verification: ReadonlyMap<string, VerificationKey>;
  readonly jwks: Jwks;
  readonly infos: readonly KeyInfo[];
  /** Unix milliseconds: `from` is included, `until` is not. */
  readonly from: number;
  readonly until: number;
}

const stateOrder = { current: 0, next: 1, previous: 2 };

/** The set as it is at that time. A retired key is shown for `keepFor` milliseconds. */
export function viewOf(set: KeySet, now: number, keepFor: number): KeyView {
  const current = currentKey(set, now);
  const live = liveKeys(set, now, keepFor);
  const infos = live.map((key) => infoOf(set, key, current, now));
  const changes = live.flatMap((key) => {
    const retire = retireTime(set, key);
    return [key.activateTime ?? 0, retire === undefined ? 0 : retire + keepFor + 1].filter(
      (time) => time > now,
    );
  });
  return {
    signing: signingKey(current),
    verification: new Map(live.map((key) => [key.kid, verificationKey(key)])),
    jwks: { keys: live.map(publicJwk) },
    infos: infos.sort((a, b) => stateOrder[a.state] - stateOrder[b.state] || b.createTime - a.createTime),
    from: now,
    until: Math.min(Number.POSITIVE_INFINITY, ...changes),
  };
}

function infoOf(set: KeySet, key: StoredKey, current: StoredKey, now: number): KeyInfo {
  const { kid, alg, createTime, activateTime } = key;
  const retire = retireTime(set, key);
  const waiting = activateTime === undefined || activateTime > now;
  return {
    kid,
    alg,
    state: key === current ? 'current' : waiting ? 'next' : 'previous',
    createTime,
    ...(activateTime === undefined ? {} : { activateTime }),
    ...(retire === undefined ? {} : { retireTime: retire }),
  };
}

function signingKey({ kid, alg, privateJwk }: StoredKey): SigningKey {
  const header = Buffer.from(JSON.stringify({ alg, typ: 'at+jwt', kid })).toString('base64url');
  const key = createPrivateKey({ key: privateJwk, format: 'jwk' });
  const signWith = alg === 'ES256' ? signEcdsa : signEd25519;
  return { kid, header, sign: (data) => signWith(data, key) };
}

function signEcdsa(data: Buffer, key: KeyObject): Buffer {
  return rawSignature(sign('sha256', data, key));
}

function signEd25519(data: Buffer, key: KeyObject): Buffer {
  return sign(null, data, key);
}

function verificationKey(key: StoredKey): VerificationKey {
  return { kid: key.kid, alg: key.alg, key: createPublicKey({ key: { ...publicJwk(key) }, format: 'jwk' }) };
}

/** Named members only, so that no private one can slip through. */
function publicJwk({ kid, alg, privateJwk }: StoredKey): PublicJwk {
  const { kty, crv, x, y } = privateJwk as { kty: string; crv: string; x: string; y?: string };
  return { kty, crv, x, ...(y === undefined ? {} : { y }), kid, alg, use: 'sig' };
}
