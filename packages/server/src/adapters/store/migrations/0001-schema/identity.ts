import type { Dialect } from './dialect.ts';

/** Accounts, and what belongs to each. */
export function accountTables({ integer, clustered, siteOfRole }: Dialect): string[] {
  return [
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
      change_time ${integer} not null,
      failures integer not null,
      wait_until ${integer} not null,
      lock_time ${integer}
    )`,
    // One row. A try that counts against no account is written here, so that it takes as long as one that counts.
    `create table uncounted_tries (
      id integer primary key check (id = 1),
      tries ${integer} not null
    )`,
    'insert into uncounted_tries (id, tries) values (1, 0)',

    `create table account_roles (
      account_id ${integer} not null references accounts,
      role text not null,
      site_id text generated always as ${siteOfRole},
      primary key (account_id, role)
    ) ${clustered}`,
    'create index account_roles_by_role on account_roles (role, account_id)',
    'create index account_roles_by_site on account_roles (site_id, account_id) where site_id is not null',

    `create table email_settings (
      account_id ${integer} primary key references accounts,
      name text not null,
      email text not null,
      email_key text not null,
      proven_email text,
      language text not null,
      subscriptions text not null,
      verified integer not null,
      custom_hdr text not null,
      custom_dat text not null
    )`,
    'create index email_settings_by_email on email_settings (email_key)',
  ];
}

/** Settings, one-time codes, the queue of mails, and how far each import of accounts has come. */
export function identityTables({ integer, clustered }: Dialect): string[] {
  return [
    `create table settings (
      id text not null primary key,
      parameters text not null,
      update_time ${integer}
    )`,

    // Without a reference to accounts: a code for an unknown login is stored in the same way, for account 0.
    `create table codes (
      account_id ${integer} not null,
      purpose text not null,
      hash text not null,
      subject text not null,
      expire_time ${integer} not null,
      failures integer not null,
      primary key (account_id, purpose)
    ) ${clustered}`,
    'create index codes_by_expiry on codes (expire_time)',

    `create table mails (
      id text not null primary key,
      kind text not null,
      account_id ${integer},
      create_time ${integer} not null,
      expire_time ${integer},
      status text not null,
      attempts integer not null,
      next_time ${integer} not null,
      sent_time ${integer},
      failure text,
      sealed text
    )`,
    "create index mails_due on mails (next_time) where status in ('waiting', 'sending')",
    'create index mails_by_time on mails (create_time, id)',
    'create index mails_by_account on mails (account_id, create_time) where account_id is not null',

    `create table imports (
      id text not null primary key,
      records ${integer} not null,
      digest text not null,
      made ${integer} not null,
      present ${integer} not null,
      refused ${integer} not null,
      update_time ${integer} not null
    )`,
  ];
}
