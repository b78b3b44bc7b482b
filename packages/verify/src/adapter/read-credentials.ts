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

/** All credentials of a request, with repetitions. None of them has been checked. */
export interface ListedCredentials {
  /** Those of `Authorization: Bearer`; an empty one stands for what cannot be a token. */
  readonly tokens: readonly string[];
  /** Those of `x-session-id`. */
  readonly header: readonly string[];
  readonly cookie: readonly string[];
}

type FoundCookie = readonly [name: string | undefined, values: readonly string[]];
const none: readonly string[] = [];
const noCookie: FoundCookie = [undefined, none];

/** `Bearer`, in any case (RFC 9110, 11.1), one space, and a token (RFC 6750, 2.1). */
const bearer = /^bearer ([A-Za-z0-9._~+/-]+=*)$/i;
/** The scheme `Bearer`, but not a longer one that begins so: no token character follows (RFC 9110, 5.6.2). */
const bearerScheme = /^bearer(?![\w!#$%&'*+.^`|~-])/i;
/** Where another scheme begins with its value, and not a parameter of this one; or a comma with nothing behind it. */
const nextScheme = /,[ \t]*(?=[\w!#$%&'*+.^`|~-]+ +[^= \t]|bearer[ \t]*(?:,|$)|,|$)/i;
/** What stands in quotes (RFC 9110, 5.6.4); to the end where none closes them. */
const quoted = /"(?:[^"\\]|\\.)*"?/g;

/**
 * Reads the credentials of a request: the token from `Authorization: Bearer`, and the session credential from
 * `x-session-id` or from the first of `cookieNames` that has a value.
 *
 * A value that is empty or the word `null` or `undefined` is absent, of a header, of a cookie and of `Bearer`, and so is
 * an `Authorization` with another scheme. What is absent is in the way of nothing, also where a field comes twice.
 *
 * Two values are ambiguous, even if they are the same, and so are a header and a cookie of two sessions: an attacker who
 * can add a second one must not get to choose. The header may hold the public id of the session in the cookie; it
 * proves nothing then.
 */
export function readCredentials(headers: RawHeaders, cookieNames: readonly string[]): SentCredentials {
  let token: string | undefined;
  let header: string | undefined;
  let cookies: string | undefined;
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index]!;
    const value = headers[index + 1]!;
    if (isName(name, 'authorization')) {
      const found = tokenOf(value);
      if (found !== undefined && token !== undefined) return ambiguous;
      token ??= found;
    }
    // Some servers join repeated fields (RFC 9110, 5.3): here all are.
    if (isName(name, 'x-session-id')) header = header === undefined ? value : `${header},${value}`;
    if (isName(name, 'cookie')) cookies = cookies === undefined ? value : `${cookies};${value}`;
  }
  if (token === undefined && header === undefined && cookies === undefined) return nothing;
  const ofHeader = header === undefined ? none : credentialsOf(header);
  const [cookieName, ofCookie] = cookies === undefined ? noCookie : firstCookie(cookies, cookieNames);
  if (ofHeader.length > 1 || ofCookie.length > 1) return ambiguous;
  if (areOfTwoSessions(ofHeader[0], ofCookie[0])) return ambiguous;
  const credential = ofCookie[0] ?? ofHeader[0];
  return { token, credential, cookieName, wrong: token === '' ? 'malformed-authorization' : undefined };
}

/**
 * Lists all credentials of a request, in whichever of the cookies. Signing out needs them all: several cookies must not
 * keep a person signed in.
 */
export function listCredentials(headers: RawHeaders, cookieNames: readonly string[]): ListedCredentials {
  const found = { tokens: [] as string[], header: [] as string[], cookie: [] as string[] };
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index]!;
    const value = headers[index + 1]!;
    const token = isName(name, 'authorization') ? tokenOf(value) : undefined;
    if (token !== undefined) found.tokens.push(token);
    if (isName(name, 'x-session-id')) found.header.push(...credentialsOf(value));
    if (isName(name, 'cookie'))
      found.cookie.push(...cookieNames.flatMap((cookie) => valuesOf(value, cookie)));
  }
  return found;
}

/** Whether a field has this name. Most others differ in length or in their first letter, and need no copy. */
function isName(name: string, wanted: string): boolean {
  return (
    name.length === wanted.length &&
    (name.charCodeAt(0) | 0x20) === wanted.charCodeAt(0) &&
    name.toLowerCase() === wanted
  );
}

/** Whether a value stands for none: what a program sends that has lost it. */
function isAbsent(value: string): boolean {
  return value === '' || value === 'null' || value === 'undefined';
}

/** The token in a field `Authorization`; empty if its value is not one, `undefined` if there is none. */
function tokenOf(authorization: string): string | undefined {
  const token = bearer.exec(authorization)?.[1];
  if (token !== undefined) return isAbsent(token) ? undefined : token;
  // Some servers join repeated fields. The value of another scheme may have commas of its own.
  const values = authorization
    .replace(quoted, '""')
    .split(nextScheme)
    .map((part) => sliceTrimmed(part, 0, part.length))
    .filter((part) => bearerScheme.test(part) && !isAbsent(sliceTrimmed(part, 'bearer'.length, part.length)));
  if (values.length === 0) return undefined;
  return (values.length === 1 && bearer.exec(values[0]!)?.[1]) || '';
}

/** The values of `x-session-id`. No credential holds a comma. */
function credentialsOf(header: string): readonly string[] {
  if (!header.includes(',')) return isAbsent(header) ? none : [header];
  return header
    .split(',')
    .map((part) => sliceTrimmed(part, 0, part.length))
    .filter((part) => !isAbsent(part));
}

function areOfTwoSessions(header: string | undefined, cookie: string | undefined): boolean {
  if (header === undefined || cookie === undefined || header === cookie) return false;
  return !(isSessionId(header) && cookie.startsWith(`${header}.`));
}

/** The first of these cookies that has a value, with each that it has. */
function firstCookie(cookies: string, names: readonly string[]): FoundCookie {
  for (const name of names) {
    const values = valuesOf(cookies, name);
    if (values.length > 0) return [name, values];
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
      const text = sliceTrimmed(cookies, equals + 1, end);
      const isQuoted = text.length > 1 && text.startsWith('"') && text.endsWith('"');
      const value = isQuoted ? text.slice(1, -1) : text;
      if (!isAbsent(value)) values.push(value);
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
