import { InvalidCredentials } from '../errors.ts';

/** The header fields of a request as name, value, name, value, …, each as often as it was sent (`rawHeaders`). */
export type RawHeaders = readonly string[];

/** What a request brings to be authenticated. */
export interface RequestCredentials {
  readonly token: string | undefined;
  readonly cookie: string | undefined;
}

// One space, as RFC 6750 section 2.1 writes it; the scheme in any case (RFC 9110 section 11.1).
const BEARER = /^bearer ([A-Za-z0-9_.-]+)$/i;

/**
 * Reads the token from `Authorization: Bearer` and the session credential from the first of
 * `cookies` that was sent, or from `x-session-id`. `undefined`: there are none at all. Throws
 * `InvalidCredentials` when a header or a cookie comes twice, when cookie and `x-session-id` differ,
 * and for any other form of `Authorization`. Nothing is decoded and no first one wins: whoever
 * could add a second must not get to choose.
 */
export function readCredentials(
  headers: RawHeaders,
  cookies: readonly string[],
): RequestCredentials | undefined {
  const authorization = single(valuesOf(headers, 'authorization'));
  const header = single(valuesOf(headers, 'x-session-id'));
  const sent = valuesOf(headers, 'cookie').flatMap((line) => line.split(';'));
  const cookie = cookies.map((name) => single(cookieValues(sent, name))).find((value) => value !== undefined);
  if (cookie !== undefined && header !== undefined && cookie !== header) {
    throw new InvalidCredentials('ambiguous-credentials');
  }
  const credential = cookie ?? header;
  if (authorization === undefined && credential === undefined) return undefined;
  const token = authorization === undefined ? undefined : BEARER.exec(authorization)?.[1];
  if (authorization !== undefined && token === undefined) {
    throw new InvalidCredentials('malformed-authorization');
  }
  return { token, cookie: credential };
}

function valuesOf(headers: RawHeaders, name: string): string[] {
  const values: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if ((headers[index] as string).toLowerCase() === name) values.push(headers[index + 1] as string);
  }
  return values;
}

function cookieValues(pairs: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) values.push(pair.slice(equals + 1).trim());
  }
  return values;
}

function single(values: readonly string[]): string | undefined {
  if (values.length > 1) throw new InvalidCredentials('ambiguous-credentials');
  return values[0];
}
