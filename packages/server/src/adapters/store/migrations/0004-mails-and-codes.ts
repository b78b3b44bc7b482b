import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';

/** The queue of mails, one-time codes, and what is known of an address besides the present one. */
export function mailsAndCodes(engine: Engine): Migration {
  const integer = engine === 'sqlite' ? 'integer' : 'bigint';
  const clustered = engine === 'sqlite' ? 'without rowid' : '';

  const statements = [
    // Of no account by reference: what is asked for an unknown login is stored in the same way, under the number 0.
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

    // The last address that its mailbox has proven; it gets what is recovered until the present one is proven too.
    'alter table email_settings add column proven_email text',
    "alter table email_settings add column email_key text not null default ''",
    'update email_settings set email_key = lower(email), proven_email = case when verified = 1 then email end',
    'create index email_settings_by_email on email_settings (email_key)',
  ];

  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
