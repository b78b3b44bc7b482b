import type { AccountReader, AccountStore } from '../identity/accounts/store.ts';
import type { CodeReader, CodeStore } from '../identity/codes/store.ts';
import type { EmailSettingsReader, EmailSettingsStore } from '../identity/email-settings/store.ts';
import type { MailboxStore, MailReader, MailStore } from '../identity/mails/store.ts';
import type { PasswordReader, PasswordStore } from '../identity/passwords/store.ts';
import type { RoleReader, RoleStore } from '../identity/roles/store.ts';
import type { SettingsReader, SettingsStore } from '../identity/settings/store.ts';
import type { ImportExportReader, ImportExportStore } from '../import-export/store.ts';
import type { FollowerReader, FollowerStore } from '../log/followers/store.ts';
import type { RelayReader, RelayStore } from '../log/relay/store.ts';
import type { SecretReader, SecretStore } from '../log/secrets/store.ts';
import type { ServiceReader, ServiceStore } from '../log/services/store.ts';
import type { LogReader, LogStore } from '../log/store.ts';
import type { Ended } from '../sessions/end-queue.ts';
import type { CloseReason } from '../sessions/session.ts';
import type { SessionReader, SessionStore } from '../sessions/store.ts';
import type { InvitationReader, InvitationStore } from '../sites/invitations/store.ts';
import type { SiteReader, SiteStore } from '../sites/store.ts';
import type { Clock } from './clock/clock.ts';
import type { ClockReader, ClockStore } from './clock/store.ts';
import type { SessionId } from './ids.ts';
import type {
  Codes,
  CredentialSigner,
  Ids,
  Links,
  Logger,
  PasswordHasher,
  SecretBox,
  Tokens,
} from './ports.ts';

/** Reads committed state, without a transaction. */
export interface Readers {
  readonly accounts: AccountReader;
  readonly passwords: PasswordReader;
  readonly roles: RoleReader;
  readonly emailSettings: EmailSettingsReader;
  readonly sessions: SessionReader;
  readonly log: LogReader;
  readonly relays: RelayReader;
  readonly services: ServiceReader;
  readonly followers: FollowerReader;
  readonly secrets: SecretReader;
  readonly sites: SiteReader;
  readonly settings: SettingsReader;
  readonly codes: CodeReader;
  readonly mails: MailReader;
  readonly invitations: InvitationReader;
  readonly importExport: ImportExportReader;
  readonly clock: ClockReader;
}

/** An open transaction. All writes are made through one. */
export interface Transaction extends Readers {
  readonly accounts: AccountStore;
  readonly passwords: PasswordStore;
  readonly roles: RoleStore;
  readonly emailSettings: EmailSettingsStore;
  readonly sessions: SessionStore;
  readonly log: LogStore;
  readonly relays: RelayStore;
  readonly services: ServiceStore;
  readonly followers: FollowerStore;
  readonly secrets: SecretStore;
  readonly sites: SiteStore;
  readonly settings: SettingsStore;
  readonly codes: CodeStore;
  readonly mails: MailStore;
  readonly mailboxes: MailboxStore;
  readonly invitations: InvitationStore;
  readonly importExport: ImportExportStore;
  readonly clock: ClockStore;
}

/** The database: its committed state, and transactions. */
export interface Store {
  readonly read: Readers;
  /**
   * Runs the work in one transaction and commits it at the end. An error that the work throws rolls it back. The
   * database may have the work run again, so the work changes nothing except through `tx`. Throws UNAVAILABLE when the
   * database cannot be reached.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** The limits and switches that operations obey. Durations are in milliseconds. */
export interface Policy {
  /** The configured value. To judge a session, call `ctx.sessionIdle()`. */
  readonly sessionIdle: number;
  readonly sessionAbsolute: number;
  /** How long a closed session is kept; may be infinite, like the next two. */
  readonly sessionRetention: number;
  /** How long a mail is kept that was sent or given up. */
  readonly mailRetention: number;
  /** How long it is kept how far an import has come. */
  readonly importRetention: number;
  /** The most live sessions of one account. Beyond it the least recently used one is closed. */
  readonly maxSessions: number;
  /** How long a token lives. */
  readonly tokenTtl: number;
  /** In code points. */
  readonly passwordMinLength: number;
  /** Whether answers hide which accounts exist. */
  readonly hideAccounts: boolean;
  /** Whether a mailed code alone verifies an address, although whoever made the account keeps it then. */
  readonly verifyByCodeAlone: boolean;
}

/** The part of a context that the log and its followers need. The rest is built on top of them. */
export interface BaseContext extends Store {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly policy: Policy;
  readonly logger: Logger;
}

/** What every operation is given besides its input. */
export interface Context extends BaseContext {
  readonly hasher: PasswordHasher;
  readonly credentials: CredentialSigner;
  readonly tokens: Tokens;
  readonly codes: Codes;
  /** Encrypts mails for the database. */
  readonly mailBox: SecretBox;
  readonly links: Links;
  /** Has queued mails sent soon. Call it wherever a mail is queued. */
  wakeMails(): void;
  /** A number from 0 to 1, to spread things out in time. Never make a secret from it. */
  random(): number;
  /** How long a session may stay unused before it ends, now. Milliseconds. */
  sessionIdle(): number;
  /**
   * Ends the session if it is open. Resolves after the commit: to undefined when the session was closed before, or does
   * not exist.
   */
  endSession(id: SessionId, reason: CloseReason): Promise<Ended | undefined>;
}
