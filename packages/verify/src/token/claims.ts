import { InvalidCredentials } from '../errors.ts';
import { isBytes32, isSessionId } from '../text/base64url.ts';
import { isJsonObject, type Json } from '../text/json.ts';

/** The claims of a token, by their names on the wire. Times are Unix seconds. */
export interface Claims {
  readonly iss: string;
  readonly aud: readonly string[];
  /** The account's id as a decimal string. */
  readonly sub: string;
  /** `sub` as a number: a positive safe integer. */
  readonly userId: number;
  /** The session's public id. */
  readonly sid: string;
  readonly iat: number;
  readonly exp: number;
  readonly nbf: number | undefined;
  readonly jti: string;
  /** The position of the revocation log when the token was issued. */
  readonly rev: number;
  /** Base64url SHA-256 of the session credential. */
  readonly cth: string;
  /** Global roles, and roles on a site written `<siteId>:<role>`. */
  readonly roles: readonly string[];
  /** When the person last proved presence. */
  readonly auth_time: number;
  /** How the person signed in (RFC 8176). */
  readonly amr: readonly string[];
}

const subForm = /^[1-9][0-9]{0,15}$/;
const roleForm = /^(?:[A-Za-z0-9_-]{1,64}:)?[A-Za-z0-9_-]{1,64}$/;

/** Whether `value` is a role: `<role>`, or `<siteId>:<role>` for a role on a site. */
export function isRole(value: unknown): value is string {
  return typeof value === 'string' && roleForm.test(value);
}

/**
 * Reads the claims of a parsed payload. Each must have its type; other members are ignored (RFC 7519 section 4).
 * Throws `InvalidCredentials`. The values are checked after the signature, by `check-claims.ts`.
 */
export function parseClaims(payload: Json): Claims {
  if (!isJsonObject(payload)) throw malformed();
  const { iss, aud, sub, sid, iat, exp, nbf, jti, rev, cth, roles, auth_time, amr } = payload;
  const userId = typeof sub === 'string' && subForm.test(sub) ? Number(sub) : Number.NaN;
  const sound =
    typeof iss === 'string' &&
    Number.isSafeInteger(userId) &&
    isSessionId(sid) &&
    isTime(iat) &&
    isTime(exp) &&
    exp > iat &&
    (nbf === undefined || isTime(nbf)) &&
    typeof jti === 'string' &&
    jti !== '' &&
    isTime(rev) &&
    isBytes32(cth) &&
    isTime(auth_time);
  if (!sound) throw malformed();
  return {
    iss,
    aud: strings(typeof aud === 'string' ? [aud] : aud),
    sub: sub as string,
    userId,
    sid,
    iat,
    exp,
    nbf,
    jti,
    rev,
    cth,
    roles: strings(roles, isRole),
    auth_time,
    amr: strings(amr),
  };
}

function isTime(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function strings(value: Json | undefined, accept = isString): readonly string[] {
  if (!Array.isArray(value)) throw malformed();
  for (const item of value) if (!accept(item)) throw malformed();
  // A copy has the right size: the array of the parser has room for 16 more.
  return Object.freeze(value.slice() as string[]);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function malformed(): InvalidCredentials {
  return new InvalidCredentials('malformed-token');
}
