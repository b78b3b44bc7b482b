import type { AccountReader, AccountStore } from '../accounts/store.ts';
import type { CodeReader, CodeStore } from '../codes/store.ts';
import type { EmailSettingsReader, EmailSettingsStore } from '../email-settings/store.ts';
import type { InvitationReader, InvitationStore } from '../invitations/store.ts';
import type { SecretReader, SecretStore } from '../keys/store.ts';
import type { MailReader, MailStore } from '../mails/store.ts';
import type { PasswordReader, PasswordStore } from '../passwords/store.ts';
import type { RevocationReader, RevocationStore } from '../revocations/store.ts';
import type { RoleReader, RoleStore } from '../roles/store.ts';
import type { ServiceReader, ServiceStore } from '../services/store.ts';
import type { EndQueue } from '../sessions/end-queue.ts';
import type { SessionReader, SessionStore } from '../sessions/store.ts';
import type { SettingsReader, SettingsStore } from '../settings/store.ts';
import type { SiteReader, SiteStore } from '../sites/store.ts';
import type { TransferReader, TransferStore } from '../transfers/store.ts';
import type { VerifierReader, VerifierStore } from '../verifiers/store.ts';
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
  readonly revocations: RevocationReader;
  readonly services: ServiceReader;
  readonly verifiers: VerifierReader;
  readonly secrets: SecretReader;
  readonly sites: SiteReader;
  readonly settings: SettingsReader;
  readonly codes: CodeReader;
  readonly mails: MailReader;
  readonly invitations: InvitationReader;
  readonly transfers: TransferReader;
}

/** An open transaction. All writes are made through one. */
export interface Transaction extends Readers {
  readonly accounts: AccountStore;
  readonly passwords: PasswordStore;
  readonly roles: RoleStore;
  readonly emailSettings: EmailSettingsStore;
  readonly sessions: SessionStore;
  readonly revocations: RevocationStore;
  readonly services: ServiceStore;
  readonly verifiers: VerifierStore;
  readonly secrets: SecretStore;
  readonly sites: SiteStore;
  readonly settings: SettingsStore;
  readonly codes: CodeStore;
  readonly mails: MailStore;
  readonly invitations: InvitationStore;
  readonly transfers: TransferStore;
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
  readonly log: Logger;
}
