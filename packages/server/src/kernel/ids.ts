declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A positive integer below 2^53 in decimal: a string in part A's JSON, the same integer as a number in part B's and in tokens. */
export type AccountId = Branded<'AccountId'>;

/** The public handle of a session: 16 random bytes in base64url, 22 characters. It opens nothing. */
export type SessionId = Branded<'SessionId'>;

/** What proves a session: `<session id>.<signature>`. Never listed, logged or stored. */
export type SessionCredential = Branded<'SessionCredential'>;

/** A site: `[A-Za-z0-9_-]{1,64}`. Those that are made here look like an account's id. */
export type SiteId = Branded<'SiteId'>;

/** An invitation to a site; it looks like an account's id. */
export type InvitationId = Branded<'InvitationId'>;

const accountIdPattern = /^[1-9][0-9]{0,15}$/;
const sessionIdPattern = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** The account id that the text spells, in its only spelling; undefined for anything else. */
export function parseAccountId(text: string): AccountId | undefined {
  if (!accountIdPattern.test(text) || !Number.isSafeInteger(Number(text))) return undefined;
  return text as AccountId;
}

/** The account id of a number that the store or a verified token holds. */
export function accountIdOf(id: number): AccountId {
  if (!Number.isSafeInteger(id) || id <= 0) throw new TypeError('an account id is a positive safe integer');
  return String(id) as AccountId;
}

/** The invitation's id that the text spells, in its only spelling; undefined for anything else. */
export function parseInvitationId(text: string): InvitationId | undefined {
  return parseAccountId(text) as string | undefined as InvitationId | undefined;
}

/** The text as a site's id; undefined for what cannot be one. */
export function parseSiteId(text: string): SiteId | undefined {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text) ? (text as SiteId) : undefined;
}

/** The session id that the text spells, in its only spelling; undefined for anything else. */
export function parseSessionId(text: string): SessionId | undefined {
  return sessionIdPattern.test(text) ? (text as SessionId) : undefined;
}
