declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A positive integer below 2^53, in decimal. The facade's JSON has it as a string; the auth interface and tokens as a number. */
export type AccountId = Branded<'AccountId'>;

/** The public name of a session: 16 random bytes in base64url, 22 characters. It gives no access. */
export type SessionId = Branded<'SessionId'>;

/** What proves a session: `<session id>.<signature>`. Never listed, logged or stored. */
export type SessionCredential = Branded<'SessionCredential'>;

/** A site: `[A-Za-z0-9_-]{1,64}`. Latchkey's own site ids look like account ids. */
export type SiteId = Branded<'SiteId'>;

/** An invitation to a site. It looks like an account's id. */
export type InvitationId = Branded<'InvitationId'>;

const accountIdPattern = /^[1-9][0-9]{0,15}$/;
const sessionIdPattern = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** The text as an account id. Each id has one spelling; undefined for anything else. */
export function parseAccountId(text: string): AccountId | undefined {
  if (!accountIdPattern.test(text) || !Number.isSafeInteger(Number(text))) return undefined;
  return text as AccountId;
}

/** The account id for a number from the store or a verified token. */
export function accountIdOf(id: number): AccountId {
  if (!Number.isSafeInteger(id) || id <= 0) throw new TypeError('an account id is a positive safe integer');
  return String(id) as AccountId;
}

/** The text as an invitation's id. Each id has one spelling; undefined for anything else. */
export function parseInvitationId(text: string): InvitationId | undefined {
  return parseAccountId(text) as string | undefined as InvitationId | undefined;
}

/** The text as a site's id; undefined if it cannot be one. */
export function parseSiteId(text: string): SiteId | undefined {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text) ? (text as SiteId) : undefined;
}

/** The text as a session id. Each id has one spelling; undefined for anything else. */
export function parseSessionId(text: string): SessionId | undefined {
  return sessionIdPattern.test(text) ? (text as SessionId) : undefined;
}
