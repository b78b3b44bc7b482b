import type { Dialect } from './dialect.ts';

/** Sessions, each with its account. */
export function sessionTables({ integer, clustered }: Dialect): string[] {
  return [
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
  ];
}

/** The revocation log, the services that follow it, and the keys. */
export function logTables({ integer, clustered, randomHex }: Dialect): string[] {
  return [
    // One row. A transaction that writes it holds the log until its commit.
    `create table log_head (
      id integer primary key check (id = 1),
      log_id text not null,
      head ${integer} not null,
      pruned ${integer} not null,
      asked ${integer} not null,
      data_changes ${integer} not null
    )`,
    `insert into log_head (id, log_id, head, pruned, asked, data_changes) values (1, ${randomHex}, 0, 0, 0, 0)`,

    // Times are Unix seconds.
    `create table log_entries (
      seq ${integer} primary key,
      subject_kind text not null,
      subject text not null,
      action text not null,
      reason text not null,
      ended text,
      at ${integer} not null,
      expires_at ${integer} not null
    )`,
    'create index log_entries_by_subject on log_entries (subject, subject_kind, seq)',

    `create table services (
      name text not null primary key,
      key_hash text not null unique,
      create_time ${integer} not null
    )`,

    // Times are by the database's clock: those of the servers may differ.
    `create table followers (
      service text not null,
      id text not null,
      kind text not null,
      instance text not null,
      position ${integer} not null,
      staleness ${integer} not null,
      report_time ${integer} not null,
      contact_time ${integer} not null,
      live_until ${integer} not null,
      primary key (service, id)
    ) ${clustered}`,

    // Values are encrypted before they get here.
    `create table secrets (
      name text not null primary key,
      version integer not null,
      value text not null
    )`,
  ];
}
