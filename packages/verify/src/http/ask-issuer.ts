import { Unavailable } from '../errors.ts';
import { isJsonObject, type JsonObject, parseJson } from '../text/json.ts';
import { readBody } from './read-body.ts';
import { deadline, type Fetch, request } from './request.ts';

const timeout = 3_000;
const maxBytes = 64 * 1024;

/** How a verifier reaches its issuer. */
export interface IssuerAccess {
  readonly fetch: Fetch;
  /** Aborted when the verifier is closed. */
  readonly closing: AbortSignal;
}

/** The issuer's answer; `body` is empty where it is no JSON object. */
export interface IssuerAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

/** Posts credentials to the issuer, in header fields. Throws `Unavailable` if there is no answer within 3 s. */
export async function askIssuer(
  { fetch, closing }: IssuerAccess,
  url: string,
  credentials: Readonly<Record<string, string>>,
): Promise<IssuerAnswer> {
  const { signal, clear } = deadline(timeout, closing);
  try {
    const headers = { ...credentials, accept: 'application/json' };
    const response = await request(fetch, url, { method: 'POST', headers, signal });
    const body = await readBody(response, maxBytes, signal)
      .then(parseJson)
      .catch(() => undefined);
    return { status: response.status, body: isJsonObject(body) ? body : {} };
  } catch (cause) {
    throw new Unavailable('introspection-failed', { cause });
  } finally {
    clear();
  }
}

/** Whether the issuer itself refused the credentials: a 401 without its code comes from something in between. */
export function isRefusal({ status, body }: IssuerAnswer): boolean {
  return status === 401 && body.code === 'INVALID_CREDENTIALS';
}
