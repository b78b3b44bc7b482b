import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';
import { dialectOf } from './0001-schema/dialect.ts';

/** SQLite cannot change a primary key in place. */
const codesAnew = [
  'alter table codes rename to former_codes',
  `create table codes (
    account_id integer not null,
    purpose text not null,
    hash text not null,
    subject text not null,
    expire_time integer not null,
    life integer not null,
    primary key (account_id, purpose, hash)
  ) without rowid`,
  `insert into codes (account_id, purpose, hash, subject, expire_time, life)
    select account_id, purpose, hash, subject, expire_time, life from former_codes`,
  'drop table former_codes',
  'create index codes_by_expiry on codes (expire_time)',
];

const codesInPlace = [
  `alter table codes drop constraint codes_pkey, add primary key (account_id, purpose, hash),
    drop column failures`,
];

/**
 * Several codes for one purpose of an account, what was mailed to each mailbox lately, and an index by which the owner of
 * an address is found among all that only name it.
 */
export function mailboxes(engine: Engine): Migration {
  const { integer, clustered } = dialectOf(engine);
  const statements = [
    ...(engine === 'sqlite' ? codesAnew : codesInPlace),
    `create table mailboxes (
      mark text not null primary key,
      sent text not null,
      update_time ${integer} not null
    ) ${clustered}`,
    'create index mailboxes_by_update on mailboxes (update_time)',
    'create index email_settings_proven on email_settings (email_key) where verified = 1',
  ];
  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
