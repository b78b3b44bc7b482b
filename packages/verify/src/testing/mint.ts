import * as crypto from 'node:crypto';
import { credentialHash } from '../token/credential.ts';

/** A signing key with its public JWK. */
export interface SigningKey {
  readonly kid: string;
  readonly alg: 'ES256' | 'Ed25519';
  readonly privateKey: crypto.KeyObject;
  readonly publicKey: crypto.KeyObject;
  readonly jwk: Record<string, unknown>;
}

export function newKey(kid: string, alg: SigningKey['alg'] = 'ES256'): SigningKey {
  const { privateKey, publicKey } =
    alg === 'ES256'
      ? crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : crypto.generateKeyPairSync('ed25519');
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
  return { kid, alg, privateKey, publicKey, jwk };
}

export interface Session {
  readonly id: string;
  readonly credential: string;
}

export function newSession(): Session {
  const id = crypto.randomBytes(16).toString('base64url');
  return { id, credential: `${id}.${crypto.randomBytes(32).toString('base64url')}` };
}

export type Bytes = string | Uint8Array;

export const segment = (content: Bytes) => Buffer.from(content).toString('base64url');

/** Signs exactly these bytes with `key`, as a compact JWS. */
export function signBytes(key: SigningKey, header: Bytes, payload: Bytes): string {
  const signed = `${segment(header)}.${segment(payload)}`;
  const signature =
    key.alg === 'ES256'
      ? crypto.sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
      : crypto.sign(null, Buffer.from(signed), key.privateKey);
  return `${signed}.${signature.toString('base64url')}`;
}

export function headerOf(key: SigningKey): Record<string, unknown> {
  return { alg: key.alg, typ: 'at+jwt', kid: key.kid };
}

/** Good claims for a session, issued at `now` (Unix seconds). */
export function claimsOf(session: Session, issuer: string, now: number): Record<string, unknown> {
  return {
    iss: issuer,
    aud: issuer,
    sub: '4503599627370495',
    sid: session.id,
    iat: now,
    exp: now + 300,
    jti: 'bWludGVkLWZvci1hLXRlc3Q',
    rev: 0,
    cth: credentialHash(session.credential),
    roles: ['user', '77:manager'],
    auth_time: now,
    amr: ['pwd'],
  };
}

/** Signs a token with good claims, except for what `claims` replaces. */
export function mint(
  key: SigningKey,
  session: Session,
  issuer: string,
  claims: Record<string, unknown> = {},
): string {
  const now = Math.floor(Date.now() / 1000);
  return signBytes(
    key,
    JSON.stringify(headerOf(key)),
    JSON.stringify({ ...claimsOf(session, issuer, now), ...claims }),
  );
}
