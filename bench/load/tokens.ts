import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

export interface Minter {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly publicJwk: Record<string, unknown>;
  /** A token as Latchkey issues it, and the session credential that it is bound to. */
  mint(now: number): { token: string; cookie: string; sessionId: string };
}

export function newSessionId(): string {
  return randomBytes(16).toString('base64url');
}

export function createMinter(issuer: string, audience: string): Minter {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = randomBytes(8).toString('base64url');
  const header = encode({ alg: 'ES256', typ: 'at+jwt', kid });
  const hmacKey = randomBytes(32);
  let user = 4_503_599_627_370_495;
  return {
    kid,
    publicKey,
    publicJwk: { ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' },
    mint(now) {
      const sessionId = newSessionId();
      const cookie = `${sessionId}.${createHmac('sha256', hmacKey).update(sessionId).digest('base64url')}`;
      const payload = encode({
        iss: issuer,
        aud: audience,
        sub: String(user--),
        sid: sessionId,
        iat: now,
        exp: now + 300,
        jti: newSessionId(),
        rev: 100_000,
        cth: createHash('sha256').update(cookie).digest('base64url'),
        roles: ['user'],
        auth_time: now,
        amr: ['pwd'],
      });
      const input = `${header}.${payload}`;
      const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return { token: `${input}.${signature.toString('base64url')}`, cookie, sessionId };
    },
  };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
