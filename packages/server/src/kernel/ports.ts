import type { AccountId, InvitationId, SessionCredential, SessionId, SiteId } from './ids.ts';

/** The wall clock. */
export interface Clock {
  /** Unix time in milliseconds. */
  now(): number;
}

/** Where new ids come from. All are random, none is sequential. */
export interface Ids {
  accountId(): AccountId;
  sessionId(): SessionId;
  siteId(): SiteId;
  invitationId(): InvitationId;
  /** 22 characters, for a token's `jti`, a request id and the like. */
  unique(): string;
  /** 32 random bytes in base64url, for a secret such as a service key. */
  secret(): string;
  /** So many characters to be read aloud and typed: digits and capitals, none of which looks like another. 5 bits each. */
  code(length: number): string;
}

/** The hash of a password as another system keeps it: it says what it is by itself, or all the rest does. */
export interface ForeignHash {
  readonly hash: string;
  readonly kind?: string;
  readonly salt?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** How passwords are stored and compared. Runs outside the main thread. */
export interface PasswordHasher {
  /** A PHC string. Throws UNAVAILABLE when too many are waiting. */
  hash(password: string): Promise<string>;
  /**
   * Whether the password is the one of the hash, and whether the hash should be made anew because it was made in
   * another way than hashes are made now. Without a hash it takes the same time and says no. Throws UNAVAILABLE when too many are waiting.
   */
  verify(
    password: string,
    hash: string | undefined,
  ): Promise<{ readonly matches: boolean; readonly outdated: boolean }>;
  /** The form in which a hash of another system is stored; computes nothing. Throws INVALID_DATA with the reason. */
  adopt(foreign: ForeignHash): string;
}

/** Makes and checks session credentials, with a key that is kept outside the database. */
export interface CredentialSigner {
  sign(id: SessionId): SessionCredential;
  /** The session that the credential proves; undefined when it is malformed or wrongly signed. */
  verify(credential: string): SessionId | undefined;
}

/** What a token says, besides what the signer adds. */
export interface TokenSubject {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  readonly credential: SessionCredential;
  readonly roles: readonly string[];
  /** The log's position, read together with the roles or before them. */
  readonly rev: number;
  /** Unix milliseconds. */
  readonly authTime: number;
  /** Unix milliseconds: the session's end, which the token does not outlive. */
  readonly expireTime: number;
  readonly amr: readonly string[];
}

export interface IssuedToken {
  readonly token: string;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/** What a token that was verified says. */
export interface TokenProof {
  readonly accountId: AccountId;
  readonly sessionId: SessionId;
  /** The log's position when it was issued. */
  readonly rev: number;
  readonly roles: readonly string[];
}

/** Makes tokens, and checks them by the code that the verifier library runs. */
export interface Tokens {
  issue(subject: TokenSubject): IssuedToken;
  /** What the token proves together with the credential; undefined when anything is not right. */
  verify(
    token: string,
    credential: string,
    options?: { readonly ignoreExpiry?: boolean },
  ): TokenProof | undefined;
}

/** Encrypts texts for the database, with a key that is kept outside of it. */
export interface SecretBox {
  seal(text: string): string;
  /** Undefined when it was not sealed here, or has been changed. */
  open(sealed: string): string | undefined;
}

/** Makes one-time codes and the hashes they are stored as, with a key that is kept outside the database. */
export interface Codes {
  /** 80 bits, as 16 digits and capitals none of which looks like another. */
  newCode(): string;
  /** 130 bits in 26 such characters: for what is found by its code alone, where no count of tries can slow a guess. */
  newLongCode(): string;
  /** What is stored of a code. Case, spaces and dashes in it make no difference. */
  hash(code: string): string;
}

/** Addresses here, for mails. */
export interface Links {
  /** A page below the public URL. What the page needs stands in the fragment, which no server logs. */
  toPage(path: string, fragment: Readonly<Record<string, string>>): string;
}

/** A mail to be sent. */
export interface OutgoingMail {
  /** The same at each try, so that a receiver can tell a repetition. */
  readonly id: string;
  readonly kind: string;
  readonly to: string;
  readonly name: string;
  readonly language: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Writes mails and hands them to a mail server. */
export interface Mailer {
  /** Throws MailError. */
  send(mail: OutgoingMail): Promise<void>;
}

/** Why a mail could not be sent: refused for good, refused for now, or no mail server could be talked to. */
export class MailError extends Error {
  override readonly name = 'MailError';
  readonly failure: 'refused' | 'later' | 'unreachable';

  constructor(failure: MailError['failure'], message: string) {
    super(message);
    this.failure = failure;
  }
}

/** One structured line each; never given a credential, token, code or password. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
