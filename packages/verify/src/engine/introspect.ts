import { InvalidCredentials, TokenStale, Unavailable } from '../errors.ts';
import { readBody } from '../http/read-body.ts';
import { deadline, type Fetch, request } from '../http/request.ts';
import { isJsonObject, type Json, parseJson } from '../text/json.ts';

const timeout = 3_000;
const maxBytes = 64 * 1024;

/** What one question to the issuer needs. */
export interface Question {
  readonly url: string;
  readonly fetch: Fetch;
  readonly closing: AbortSignal;
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
  const { url, fetch, closing, token, credential, userId, sessionId } = question;
  const { signal, clear } = deadline(timeout, closing);
  let response: Response;
  let body: Json | undefined;
  try {
    const headers = {
      authorization: `Bearer ${token}`,
      'x-session-id': credential,
      accept: 'application/json',
    };
    response = await request(fetch, url, { method: 'POST', headers, signal });
    body = await readBody(response, maxBytes, signal)
      .then(parseJson)
      .catch(() => undefined);
  } catch (cause) {
    throw new Unavailable('introspection-failed', { cause });
  } finally {
    clear();
  }
  const { code, userId: user, sessionId: session } = isJsonObject(body) ? body : {};
  if (response.status === 401) {
    throw code === 'TOKEN_STALE' ? new TokenStale() : new InvalidCredentials('introspection-refused');
  }
  if (response.status !== 200 || user !== userId || session !== sessionId) {
    throw new Unavailable('introspection-failed');
  }
}
