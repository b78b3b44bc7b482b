import { type CompiledQuery, type Kysely, sql } from 'kysely';
import type { AccountRow } from './accounts.ts';
import type { ClockRow } from './clock.ts';
import type { CodeRow } from './codes.ts';
import type { EmailSettingsRow } from './email-settings.ts';
import type { FollowerRow } from './followers.ts';
import type { FormerLogRow } from './former-logs.ts';
import type { ImportRow } from './import-export.ts';
import type { InvitationRow, InvitationSendRow } from './invitation-rows.ts';
import type { LogEntryRow, LogHeadRow } from './log.ts';
import type { MailboxRow } from './mailboxes.ts';
import type { MailRow } from './mails.ts';
import type { PasswordRow, UncountedTriesRow } from './passwords.ts';
import type { RelayBacklogRow } from './relay-backlog.ts';
import type { RelayRow } from './relays.ts';
import type { AccountRoleRow } from './roles.ts';
import type { SecretRow } from './secrets.ts';
import type { ServiceRow } from './services.ts';
import type { SessionRow } from './session-rows.ts';
import type { SettingsRow } from './settings.ts';
import type { SiteCodeRow, SiteRow } from './sites.ts';
import type { HealthRow } from './try-to-write.ts';

/** A boolean: SQLite has none. */
export type Flag = 0 | 1;

/** The tables. Times are Unix milliseconds unless a row type says otherwise. */
export interface Tables {
  accounts: AccountRow;
  passwords: PasswordRow;
  uncounted_tries: UncountedTriesRow;
  account_roles: AccountRoleRow;
  email_settings: EmailSettingsRow;
  sessions: SessionRow;
  log_entries: LogEntryRow;
  log_head: LogHeadRow;
  former_logs: FormerLogRow;
  relays: RelayRow;
  relay_backlog: RelayBacklogRow;
  services: ServiceRow;
  followers: FollowerRow;
  secrets: SecretRow;
  sites: SiteRow;
  site_codes: SiteCodeRow;
  settings: SettingsRow;
  codes: CodeRow;
  mails: MailRow;
  mailboxes: MailboxRow;
  invitations: InvitationRow;
  invitation_sends: InvitationSendRow;
  imports: ImportRow;
  health: HealthRow;
  clock: ClockRow;
}

export type Engine = 'sqlite' | 'postgres';

/** Finds the row whose column `id` is the key; undefined when there is none. */
export type FindRow<Row> = (key: string) => Promise<Row | undefined>;

/** Where queries run: on what is committed, or in a transaction. */
export interface Database {
  readonly kysely: Kysely<Tables>;
  readonly engine: Engine;
  /**
   * Prepares a look-up once for all its later runs. Each has a name of its own. Its one parameter is the key, or on
   * PostgreSQL a list of keys.
   */
  prepare<Row extends { readonly id: string }>(name: string, query: CompiledQuery<Row>): FindRow<Row>;
}

/** A condition that no row meets. */
export const noRow = sql<boolean>`1 = 0`;

/** The boolean as it is stored. */
export function flag(value: boolean): Flag {
  return value ? 1 : 0;
}
