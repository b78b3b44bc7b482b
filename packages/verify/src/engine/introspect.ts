import { InvalidCredentials, TokenStale, Unavailable } from '../errors.ts';
import { askIssuer, type IssuerAccess, isRefusal } from '../http/ask-issuer.ts';

/** What one question to the issuer needs. */
export interface Question extends IssuerAccess {
  readonly url: string;
  readonly token: string;
  readonly credential: string;
  readonly userId: number;
  readonly sessionId: string;
}

/**
 * Asks the issuer whether a token and a credential prove a live session, and returns if they do. Throws
 * `InvalidCredentials` or `TokenStale` if the issuer says so, and `Unavailable` if it gives any other answer, or none
 * within 3 s.
 */
export async function introspect(question: Question): Promise<void> {
  const { url, token, credential, userId, sessionId } = question;
  const answer = await askIssuer(question, url, {
    authorization: `Bearer ${token}`,
    'x-session-id': credential,
  });
  const { status, body } = answer;
  if (isRefusal(answer)) throw new InvalidCredentials('introspection-refused');
  if (status === 401 && body.code === 'TOKEN_STALE') throw new TokenStale();
  if (status !== 200 || body.userId !== userId || body.sessionId !== sessionId) {
    throw new Unavailable('introspection-failed');
  }
}
