import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';

/** Accounts, passwords, roles, e-mail settings, sessions, services and the revocation log. */
export function foundation(engine: Engine): Migration {
  // In SQLite only `integer primary key` is the row's own number, and only without row ids a text key is.
  const integer = engine === 'sqlite' ? 'integer' : 'bigint';
  const clustered = engine === 'sqlite' ? 'without rowid' : '';

  const statements = [
    `create table accounts (
      id ${integer} primary key,
      login text not null,
      login_key text not null unique,
      search_key text not null,
      name text not null,
      create_time ${integer} not null,
      active integer not null,
      deleted integer not null,
      time_zone text not null,
      language text not null,
      theme text not null,
      custom_hdr text not null,
      custom_dat text not null,
      roles_update_time ${integer}
    )`,
    'create index accounts_by_time on accounts (create_time, id)',

    `create table passwords (
      account_id ${integer} primary key references accounts,
      hash text not null,
      change_time ${integer} not null
    )`,

    `create table account_roles (
      account_id ${integer} not null references accounts,
      role text not null,
      primary key (account_id, role)
    ) ${clustered}`,
    'create index account_roles_by_role on account_roles (role, account_id)',

    `create table email_settings (
      account_id ${integer} primary key references accounts,
      name text not null,
      email text not null,
      language text not null,
      subscriptions text not null,
      verified integer not null,
      custom_hdr text not null,
      custom_dat text not null
    )`,

    `create table sessions (
      id text not null primary key,
      account_id ${integer} not null references accounts,
      open_time ${integer} not null,
      close_time ${integer},
      close_reason text,
      request_time ${integer} not null,
      expire_time ${integer} not null,
      address text not null,
      client text not null,
      platform text not null,
      auth_time ${integer} not null,
      amr text not null,
      data text not null
    ) ${clustered}`,
    'create index sessions_by_time on sessions (open_time, id)',
    'create index sessions_by_account on sessions (account_id, open_time, id)',
    'create index sessions_live_by_account on sessions (account_id) where close_time is null',
    'create index sessions_live_by_request on sessions (request_time) where close_time is null',
    'create index sessions_live_by_expiry on sessions (expire_time) where close_time is null',
    'create index sessions_closed on sessions (close_time) where close_time is not null',

    `create table revocations (
      seq ${integer} primary key,
      subject_kind text not null,
      subject text not null,
      action text not null,
      reason text not null,
      at ${integer} not null,
      expires_at ${integer} not null
    )`,
    'create index revocations_by_subject on revocations (subject, subject_kind, seq)',
    // One row. Who writes it holds the log until commit.
    `create table revocation_log (
      id integer primary key check (id = 1),
      head ${integer} not null,
      pruned ${integer} not null
    )`,
    'insert into revocation_log (id, head, pruned) values (1, 0, 0)',

    `create table services (
      name text not null primary key,
      key_hash text not null unique,
      create_time ${integer} not null
    )`,

    // Values are encrypted by whoever puts them here.
    `create table secrets (
      name text not null primary key,
      version integer not null,
      value text not null
    )`,
  ];

  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
