import { hash } from 'node:crypto';
import { createTokenVerifier, InvalidCredentials } from '@latchkey/verify/internal';
import type { TimeSource } from '../../kernel/clock/clock.ts';
import { accountIdOf, type SessionId } from '../../kernel/ids.ts';
import type { Ids, Tokens } from '../../kernel/ports.ts';
import type { KeyRing } from './key-ring.ts';

interface TokenOptions {
  readonly keys: Pick<KeyRing, 'signingKey' | 'verificationKey'>;
  readonly issuer: string;
  readonly audience: readonly string[];
  /** Milliseconds. */
  readonly ttl: number;
  readonly clock: TimeSource;
  readonly ids: Ids;
}

/**
 * Signs tokens with the ring's current key, and checks them as the verifier library does. A token expires with its
 * session at the latest, except in a session's last second: a token lives for at least a second.
 */
export function createTokens({ keys, issuer, audience, ttl, clock, ids }: TokenOptions): Tokens {
  const aud = audience.length === 1 ? audience[0] : audience;
  const origin = `${JSON.stringify({ iss: issuer, aud }).slice(0, -1)},`;
  const verifier = createTokenVerifier({
    issuer,
    audience,
    now: () => clock.now(),
    findKey: (kid) => keys.verificationKey(kid),
  });
  return {
    issue(subject) {
      const iat = toSeconds(clock.now());
      const exp = Math.max(iat + 1, Math.min(iat + toSeconds(ttl), toSeconds(subject.expireTime)));
      const { header, sign } = keys.signingKey();
      // Concatenated, because this is most of the time of a refresh besides the signature. Ids, hashes and numbers
      // have no character that JSON escapes.
      const payload =
        `${origin}"sub":"${subject.accountId}","sid":"${subject.sessionId}","iat":${iat},"exp":${exp},` +
        `"jti":"${ids.unique()}","rev":${subject.rev},"cth":"${hash('sha256', subject.credential, 'base64url')}",` +
        `"roles":${listOf(subject.roles)},"auth_time":${toSeconds(subject.authTime)},"amr":${listOf(subject.amr)}}`;
      const signed = `${header}.${Buffer.from(payload).toString('base64url')}`;
      const signature = sign(Buffer.from(signed, 'latin1'));
      return { token: `${signed}.${signature.toString('base64url')}`, expiresAt: exp };
    },
    verify(token, credential, options) {
      try {
        const { userId, sid, rev, roles } = verifier.check(token, credential, options);
        return { accountId: accountIdOf(userId), sessionId: sid as SessionId, rev, roles };
      } catch (error) {
        if (error instanceof InvalidCredentials) return undefined;
        throw error;
      }
    },
  };
}

function listOf(texts: readonly string[]): string {
  return texts.length === 0 ? '[]' : JSON.stringify(texts);
}

function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
