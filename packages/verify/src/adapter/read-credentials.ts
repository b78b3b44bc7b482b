import { isSessionId } from '../text/base64url.ts';

/** The header fields of a request as name, value, name, value, …, each as often as it was sent (`rawHeaders`). */
export type RawHeaders = readonly string[];

/** The credentials of a request. None of them has been checked. */
export interface SentCredentials {
  /** The value of `Authorization: Bearer`; empty if it cannot be a token. */
  readonly token: string | undefined;
  /** The session credential, from the cookie or from `x-session-id`. */
  readonly credential: string | undefined;
  /** The name of the cookie that has it, if one has. */
  readonly cookieName: string | undefined;
  /** Why the request must be refused, whatever a check of the credentials would say. */
  readonly wrong: 'ambiguous-credentials' | 'malformed-authorization' | undefined;
}

const nothing: SentCredentials = {
  token: undefined,
  credential: undefined,
  cookieName: undefined,
  wrong: undefined,
};
const ambiguous: SentCredentials = { ...nothing, wrong: 'ambiguous-credentials' };

/** `Bearer`, in any case (RFC 9110, 11.1), one space, and a token (RFC 6750, 2.1). */
const bearer = /^bearer ([A-Za-z0-9._~+/-]+=*)$/i;
/** The scheme `Bearer` without a value. */
const emptyBearer = /^bearer[ \t]*$/i;
/** The scheme `Bearer`, but not a longer one that begins so: no token character follows (RFC 9110, 5.6.2). */
const bearerScheme = /^bearer(?![\w!#$%&'*+.^`|~-])/i;

/**
 * Reads the credentials of a request: the token from `Authorization: Bearer`, and the session credential from
 * `x-session-id` or from the first of `cookieNames` that has a value. An empty header or cookie counts as absent. So
 * does an `Authorization` with another scheme, with no value, or with the word `null` or `undefined` as its value.
 *
 * A header or a cookie that was sent twice is ambiguous, and so are a header and a cookie of two sessions: an
 * attacker who can add a second one must not get to choose. The header may hold the public id of the session in the
 * cookie; it proves nothing then.
 */
export function readCredentials(headers: RawHeaders, cookieNames: readonly string[]): SentCredentials {
  let authorization: string | undefined;
  let header: string | undefined;
  let cookies: string | undefined;
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index]!;
    if (isName(name, 'authorization')) {
      if (authorization !== undefined) return ambiguous;
      authorization = headers[index + 1]!;
    } else if (isName(name, 'x-session-id')) {
      if (header !== undefined) return ambiguous;
      header = headers[index + 1]!;
    } else if (isName(name, 'cookie')) {
      const line = headers[index + 1]!;
      cookies = cookies === undefined ? line : `${cookies};${line}`;
    }
  }
  if (authorization === undefined && header === undefined && cookies === undefined) return nothing;
  // Some servers join repeated fields with a comma (RFC 9110, 5.3), which no credential holds.
  if (header?.includes(',')) return ambiguous;
  const [cookieName, cookie] = (cookies !== undefined && cookieOf(cookies, cookieNames)) || noCookie;
  if (cookie === undefined || areOfTwoSessions(header, cookie)) return ambiguous;
  const token = authorization === undefined ? undefined : tokenOf(authorization);
  const credential = cookie || header || undefined;
  return { token, credential, cookieName, wrong: token === '' ? 'malformed-authorization' : undefined };
}

/**
 * Lists every session credential of a request, from headers and cookies, with repetitions. Signing out needs them
 * all: several cookies must not keep a person signed in.
 */
export function listCredentials(headers: RawHeaders, cookieNames: readonly string[]): string[] {
  const found: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index]!;
    const value = headers[index + 1]!;
    if (isName(name, 'x-session-id')) found.push(...value.split(',').map((part) => part.trim()));
    if (isName(name, 'cookie')) found.push(...cookieNames.flatMap((cookie) => valuesOf(value, cookie)));
  }
  return found.filter((credential) => credential !== '');
}

/** Whether a field has this name. Most others differ in length or in their first letter, and need no copy. */
function isName(name: string, wanted: string): boolean {
  return (
    name.length === wanted.length &&
    (name.charCodeAt(0) | 0x20) === wanted.charCodeAt(0) &&
    name.toLowerCase() === wanted
  );
}

/** The token; empty if the value is not one, `undefined` if the header counts as absent. */
function tokenOf(authorization: string): string | undefined {
  const token = bearer.exec(authorization)?.[1];
  if (token === undefined) {
    return bearerScheme.test(authorization) && !emptyBearer.test(authorization) ? '' : undefined;
  }
  return token === 'null' || token === 'undefined' ? undefined : token;
}

function areOfTwoSessions(header: string | undefined, cookie: string): boolean {
  if (!header || cookie === '' || header === cookie) return false;
  return !(isSessionId(header) && cookie.startsWith(`${header}.`));
}

type FoundCookie = readonly [name: string | undefined, value: string | undefined];
const noCookie: FoundCookie = [undefined, ''];

/** The first of these cookies that has a value, with its value; the value is `undefined` if it was sent twice. */
function cookieOf(cookies: string, names: readonly string[]): FoundCookie {
  for (const name of names) {
    const values = valuesOf(cookies, name);
    if (values.length > 1) return [name, undefined];
    if (values[0]) return [name, values[0]];
  }
  return noCookie;
}

/** The values of a cookie, without the quotes they may have (RFC 6265, 4.1.1). Decodes nothing. */
function valuesOf(cookies: string, name: string): string[] {
  const values: string[] = [];
  for (let start = 0; start < cookies.length; ) {
    const semicolon = cookies.indexOf(';', start);
    const end = semicolon < 0 ? cookies.length : semicolon;
    const equals = cookies.indexOf('=', start);
    if (equals >= 0 && equals < end && sliceTrimmed(cookies, start, equals) === name) {
      const value = sliceTrimmed(cookies, equals + 1, end);
      const isQuoted = value.length > 1 && value.startsWith('"') && value.endsWith('"');
      values.push(isQuoted ? value.slice(1, -1) : value);
    }
    start = end + 1;
  }
  return values;
}

/** A part of a text, without the spaces and tabs around it. */
function sliceTrimmed(text: string, from: number, to: number): string {
  let [start, end] = [from, to];
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (start < end && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
