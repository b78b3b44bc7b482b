import type { AccountId, InvitationId, SessionCredential, SessionId, SiteId } from './ids.ts';

/** Makes new ids. All are random; none is sequential. */
export interface Ids {
  accountId(): AccountId;
  sessionId(): SessionId;
  siteId(): SiteId;
  invitationId(): InvitationId;
  /** 22 characters, for example for a token's `jti` or a request id. */
  unique(): string;
  /** 32 random bytes in base64url, for a secret like a service key. */
  secret(): string;
  /** A text of this length to read aloud and type: digits and capitals that do not look alike, 5 bits each. */
  code(length: number): string;
}

/** A password hash from another system. Where the hash does not name its own kind, the other members do. */
export interface ForeignHash {
  readonly hash: string;
  readonly kind?: string;
  readonly salt?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** Hashes and compares passwords, outside the main thread. */
export interface PasswordHasher {
  /** A PHC string. Throws UNAVAILABLE when too many are waiting. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password matches the hash, and whether the hash is outdated: made in another way than new ones are.
   * Without a hash it takes the same time and does not match. Throws UNAVAILABLE when too many are waiting.
   */
  verify(
    password: string,
    hash: string | undefined,
  ): Promise<{ readonly matches: boolean; readonly outdated: boolean }>;
  /** What a hash from another system is here, to be hardened; hashes nothing. Throws INVALID_DATA with the reason. */
  adopt(foreign: ForeignHash): string;
  /**
   * The form in which an adopted hash is stored. One that is fast to guess is hashed once more, which takes as long as
   * `hash`; all others stay as they are. Waits its turn, however many are waiting.
   */
  harden(hash: string): Promise<string>;
  /** Whether another system's hash says that there is no password: `!`, `*`, an empty text. `adopt` refuses those. */
  hasNoPassword(hash: string): boolean;
}

/** Makes and checks session credentials. Its key is kept outside the database. */
export interface CredentialSigner {
  sign(id: SessionId): SessionCredential;
  /** The session that the credential proves; undefined when it is malformed or not signed with this key. */
  verify(credential: string): SessionId | undefined;
}

/** What a token is issued for. The signer adds the other claims. */
export interface TokenSubject {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly credential: SessionCredential;
  readonly roles: readonly string[];
  /** The log's position, read with the roles or before them. */
  readonly rev: number;
  /** Unix milliseconds. */
  readonly authTime: number;
  /** Unix milliseconds. The session's end; the token expires no later. */
  readonly expireTime: number;
  readonly amr: readonly string[];
}

export interface IssuedToken {
  readonly token: string;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** What a verified token says. */
export interface TokenProof {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  /** The log's position when it was issued. */
  readonly rev: number;
  readonly roles: readonly string[];
}

/** Issues tokens, and checks them with the verifier's own code. */
export interface Tokens {
  issue(subject: TokenSubject): IssuedToken;
  /** What token and credential prove together; undefined when either is not valid. */
  verify(
    token: string,
    credential: string,
    options?: { readonly ignoreExpiry?: boolean },
  ): TokenProof | undefined;
}

/** Encrypts texts for the database. Its key is kept outside the database. */
export interface SecretBox {
  seal(text: string): string;
  /** The text; undefined when it was sealed with another key, or changed since. */
  open(sealed: string): string | undefined;
  /** A keyed hash (HMAC-SHA-256), by which equal texts are recognised without being stored. */
  mark(text: string): string;
}

/** Makes one-time codes, and their hashes for the database. Its key is kept outside the database. */
export interface Codes {
  /** 80 bits: 16 digits and capitals that do not look alike. */
  newCode(): string;
  /** 130 bits: 26 such characters. For what is found only by its code, where tries cannot be counted. */
  newLongCode(): string;
  /** The hash that is stored. Case, spaces and dashes of the code do not matter. */
  hash(code: string): string;
}

/** Links to this server's own pages, for mails. */
export interface Links {
  /** The URL of a page. What the page needs is in the fragment, which no server logs. */
  toPage(path: string, fragment: Readonly<Record<string, string>>): string;
}

/** A mail to be sent. */
export interface OutgoingMail {
  /** The same at each attempt, so that a receiver can recognise a repetition. */
  readonly id: string;
  readonly kind: string;
  readonly to: string;
  readonly name: string;
  readonly language: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Composes mails and hands them to a mail server. */
export interface Mailer {
  /** Throws MailError. */
  send(mail: OutgoingMail): Promise<void>;
}

/** Why a mail could not be sent: refused for good, refused for now, or the mail server was unreachable. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly failure: 'refused' | 'later' | 'unreachable';

  constructor(failure: MailError['failure'], message: string) {
    super(message);
    this.failure = failure;
  }
}

/** Writes one structured line per call. Never pass a credential, token, code or password. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
