import { type CompiledQuery, type GeneratedAlways, type Kysely, sql } from 'kysely';
import type { CodePurpose } from '../../../identity/codes/code.ts';
import type { MailKind, MailStatus } from '../../../identity/mails/mail.ts';
import type { CloseReason } from '../../../sessions/session.ts';
import type { InvitationAction, StoredStatus } from '../../../sites/invitations/invitation.ts';
import type { SendKind } from '../../../sites/invitations/send-limits.ts';

/** 0 or 1: both databases have it. */
export type Flag = 0 | 1;

export interface AccountRow {
  id: number;
  login: string;
  login_key: string;
  /** Login and name, folded, for `search`. */
  search_key: string;
  name: string;
  create_time: number;
  active: Flag;
  deleted: Flag;
  time_zone: string;
  language: string;
  theme: string;
  custom_hdr: string;
  custom_dat: string;
  roles_update_time: number | null;
}

export interface PasswordRow {
  account_id: number;
  hash: string;
  change_time: number;
  /** Wrong ones since the last right one. */
  failures: number;
  /** None is looked at before this time. */
  wait_until: number;
  lock_time: number | null;
}

/** One row. */
export interface UncountedTriesRow {
  id: 1;
  tries: number;
}

export interface AccountRoleRow {
  account_id: number;
  role: string;
  /** The site that the role is on. */
  site_id: GeneratedAlways<string | null>;
}

export interface EmailSettingsRow {
  account_id: number;
  name: string;
  email: string;
  /** The address in lower case. */
  email_key: string;
  /** The last address that its mailbox has proven. */
  proven_email: string | null;
  language: string;
  subscriptions: string;
  verified: Flag;
  custom_hdr: string;
  custom_dat: string;
}

export interface SessionRow {
  id: string;
  account_id: number;
  open_time: number;
  close_time: number | null;
  close_reason: CloseReason | null;
  request_time: number;
  expire_time: number;
  address: string;
  client: string;
  platform: string;
  auth_time: number;
  amr: string;
  data: string;
}

export interface LogEntryRow {
  seq: number;
  subject_kind: 'session' | 'user' | 'site' | 'key' | 'all';
  subject: string;
  action: 'reject' | 'refresh';
  reason: string;
  /** A JSON array of the ids of the sessions that ended with it, unless it is about one. */
  ended: string | null;
  /** Unix seconds, as `expires_at`. */
  at: number;
  expires_at: number;
}

/** One row: who writes it holds the log until commit. */
export interface LogHeadRow {
  id: 1;
  head: number;
  pruned: number;
  /** The highest position that verifiers were asked to confirm. */
  asked: number;
  /** Names this log; another one after a restore that was noticed. */
  log_id: string;
}

/** Times are by the database's own clock. */
export interface FollowerRow {
  service: string;
  id: string;
  kind: 'stream' | 'poll';
  /** The server process that heard of it last. */
  instance: string;
  position: number;
  /** Milliseconds for which it decides by itself without contact. */
  staleness: number;
  report_time: number;
  contact_time: number;
  live_until: number;
}

export interface ServiceRow {
  name: string;
  key_hash: string;
  create_time: number;
}

export interface SecretRow {
  name: string;
  version: number;
  value: string;
}

export interface SiteRow {
  id: string;
  code: string | null;
  create_time: number;
  creator_id: number;
  active: Flag;
  deleted: Flag;
  /** Name and code, folded, for `search`. */
  search_key: string;
  name: string;
  description: string;
  address: string;
  center: string | null;
  radius: number | null;
  geometry: string | null;
  boundaries: string | null;
  language: string;
  timezone: string;
  industry: string;
  org_size: number | null;
  total_sites: number | null;
  purpose: string;
  params: string;
}

/** Who has which code: a table of its own, so that one conditional write decides. */
export interface SiteCodeRow {
  code_key: string;
  site_id: string;
}

export interface SettingsRow {
  id: string;
  parameters: string;
  /** Null until it is set for the first time. */
  update_time: number | null;
}

export interface CodeRow {
  /** 0 where there is no such account. */
  account_id: number;
  purpose: CodePurpose;
  hash: string;
  subject: string;
  expire_time: number;
  failures: number;
}

export interface MailRow {
  id: string;
  kind: MailKind;
  account_id: number | null;
  create_time: number;
  expire_time: number | null;
  status: MailStatus;
  attempts: number;
  /** While it is being sent: when whoever does so is given up. */
  next_time: number;
  sent_time: number | null;
  failure: string | null;
  sealed: string | null;
}

export interface InvitationRow {
  id: number;
  action: InvitationAction;
  status: StoredStatus;
  site_id: string;
  role: string;
  create_time: number;
  /** When it was last sent or decided upon. */
  update_time: number;
  creator_id: number;
  sender_id: number;
  invitee_name: string;
  invitee_email: string | null;
  /** The address in lower case. */
  email_key: string | null;
  /** The invitee's name and address, folded, for `search`. */
  search_key: string;
  invitee_id: number | null;
  sent_time: number | null;
  expire_time: number | null;
  /** Null once the code is of no use any more. */
  code_hash: string | null;
}

/** What was sent because somebody asked for it, for as long as it counts. */
export interface InvitationSendRow {
  kind: SendKind;
  site_id: string;
  sender_id: number;
  /** To whom: an address in lower case, or an account. */
  subject: string;
  time: number;
}

/** How far an import has come. */
export interface ImportRow {
  id: string;
  records: number;
  digest: string;
  made: number;
  present: number;
  refused: number;
  update_time: number;
}

/** Times are unix milliseconds unless told. */
export interface Tables {
  accounts: AccountRow;
  passwords: PasswordRow;
  uncounted_tries: UncountedTriesRow;
  account_roles: AccountRoleRow;
  email_settings: EmailSettingsRow;
  sessions: SessionRow;
  log_entries: LogEntryRow;
  log_head: LogHeadRow;
  services: ServiceRow;
  followers: FollowerRow;
  secrets: SecretRow;
  sites: SiteRow;
  site_codes: SiteCodeRow;
  settings: SettingsRow;
  codes: CodeRow;
  mails: MailRow;
  invitations: InvitationRow;
  invitation_sends: InvitationSendRow;
  imports: ImportRow;
}

export type Engine = 'sqlite' | 'postgres';

/** Runs one compiled query with other parameters; undefined when it finds no row. */
export type FindRow<Row> = (parameters: readonly (string | number)[]) => Promise<Row | undefined>;

/** Where queries run: committed state, or a transaction. */
export interface Database {
  readonly kysely: Kysely<Tables>;
  readonly engine: Engine;
  /** Prepares a query once for all its later runs. The name is one per query. */
  prepare<Row>(name: string, query: CompiledQuery<Row>): FindRow<Row>;
}

export const noRow = sql<boolean>`1 = 0`;

export function flag(value: boolean): Flag {
  return value ? 1 : 0;
}
