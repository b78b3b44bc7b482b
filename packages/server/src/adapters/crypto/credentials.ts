import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import { parseCredential, TwoGenerations } from '@latchkey/verify/internal';
import type { SessionCredential, SessionId } from '../../kernel/ids.ts';
import type { CredentialSigner } from '../../kernel/ports.ts';

/** At most this many credentials that were found right are remembered. */
const capacity = 8192;

/**
 * Signs session ids with HMAC-SHA-256 under the key. `verify` runs on every request, so what was found right, which
 * stays right, is remembered for a while; what was found wrong is not.
 */
export function createCredentialSigner(key: KeyObject): CredentialSigner {
  const proven = new TwoGenerations<SessionId>(capacity);
  const signatureOf = (sessionId: string) => createHmac('sha256', key).update(sessionId).digest('base64url');

  function check(text: string): SessionId | undefined {
    const credential = parseCredential(text);
    if (credential === undefined) return undefined;
    const { sessionId, signature } = credential;
    // Both are 43 characters of canonical base64url, so equal text is equal bytes.
    const right = timingSafeEqual(Buffer.from(signatureOf(sessionId)), Buffer.from(signature));
    return right ? (sessionId as SessionId) : undefined;
  }

  return {
    sign: (id) => `${id}.${signatureOf(id)}` as SessionCredential,
    verify(text) {
      const known = proven.get(text);
      if (known !== undefined) return known;
      const id = check(text);
      if (id !== undefined) proven.set(text, id);
      return id;
    },
  };
}
