import type { AccountReader, AccountStore } from '../identity/accounts/store.ts';
import type { CodeReader, CodeStore } from '../identity/codes/store.ts';
import type { EmailSettingsReader, EmailSettingsStore } from '../identity/email-settings/store.ts';
import type { MailReader, MailStore } from '../identity/mails/store.ts';
import type { PasswordReader, PasswordStore } from '../identity/passwords/store.ts';
import type { RoleReader, RoleStore } from '../identity/roles/store.ts';
import type { SettingsReader, SettingsStore } from '../identity/settings/store.ts';
import type { ImportExportReader, ImportExportStore } from '../import-export/store.ts';
import type { FollowerReader, FollowerStore } from '../log/followers/store.ts';
import type { SecretReader, SecretStore } from '../log/secrets/store.ts';
import type { ServiceReader, ServiceStore } from '../log/services/store.ts';
import type { LogReader, LogStore } from '../log/store.ts';
import type { EndQueue } from '../sessions/end-queue.ts';
import type { SessionReader, SessionStore } from '../sessions/store.ts';
import type { InvitationReader, InvitationStore } from '../sites/invitations/store.ts';
import type { SiteReader, SiteStore } from '../sites/store.ts';
import type {
  Clock,
  Codes,
  CredentialSigner,
  Ids,
  Logger,
  MailPort,
  PasswordHasher,
  Tokens,
} from './ports.ts';

/** Committed state, read without a transaction. */
export interface Readers {
  readonly accounts: AccountReader;
  readonly passwords: PasswordReader;
  readonly roles: RoleReader;
  readonly emailSettings: EmailSettingsReader;
  readonly sessions: SessionReader;
  readonly log: LogReader;
  readonly services: ServiceReader;
  readonly followers: FollowerReader;
  readonly secrets: SecretReader;
  readonly sites: SiteReader;
  readonly settings: SettingsReader;
  readonly codes: CodeReader;
  readonly mails: MailReader;
  readonly invitations: InvitationReader;
  readonly importExport: ImportExportReader;
}

/** An open transaction. All writes are made through one. */
export interface Transaction extends Readers {
  readonly accounts: AccountStore;
  readonly passwords: PasswordStore;
  readonly roles: RoleStore;
  readonly emailSettings: EmailSettingsStore;
  readonly sessions: SessionStore;
  readonly log: LogStore;
  readonly services: ServiceStore;
  readonly followers: FollowerStore;
  readonly secrets: SecretStore;
  readonly sites: SiteStore;
  readonly settings: SettingsStore;
  readonly codes: CodeStore;
  readonly mails: MailStore;
  readonly invitations: InvitationStore;
  readonly importExport: ImportExportStore;
}

/** The database: committed state, and transactions upon it. */
export interface Store {
  readonly read: Readers;
  /**
   * Runs the work in one transaction and commits it as the last step; an error that the work throws rolls all of it
   * back. The work may be run again when the database asks for it, so it has no effect but through `tx`.
   * Throws UNAVAILABLE when the database cannot be reached.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}

/** What operations decide by. Durations are in milliseconds. */
export interface Policy {
  readonly sessionIdle: number;
  readonly sessionAbsolute: number;
  /** Live sessions per account; the least recently used is closed beyond it. */
  readonly maxSessions: number;
  /** How long a token lives. */
  readonly tokenTtl: number;
  /** Code points. */
  readonly passwordMinLength: number;
  /** Whether answers hide which accounts exist. */
  readonly hideAccounts: boolean;
}

/** All that an operation is given besides its input. */
export interface Context extends Store {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly hasher: PasswordHasher;
  readonly credentials: CredentialSigner;
  readonly tokens: Tokens;
  readonly codes: Codes;
  readonly mail: MailPort;
  /** A number from 0 to 1, for what is spread out in time; nothing secret is made from it. */
  random(): number;
  /** Through which single sessions end. */
  readonly ends: EndQueue;
  readonly policy: Policy;
  readonly logger: Logger;
}
