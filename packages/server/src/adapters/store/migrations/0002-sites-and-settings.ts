import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Engine } from '../sql/database.ts';

/** Sites with their codes, settings, and which site a role is on. */
export function sitesAndSettings(engine: Engine): Migration {
  const integer = engine === 'sqlite' ? 'integer' : 'bigint';
  const real = engine === 'sqlite' ? 'real' : 'double precision';
  // SQLite adds a computed column only as one that is not stored, PostgreSQL 17 has only stored ones.
  const siteOfRole =
    engine === 'sqlite'
      ? "case when instr(role, ':') > 0 then substr(role, 1, instr(role, ':') - 1) end) virtual"
      : "case when strpos(role, ':') > 0 then split_part(role, ':', 1) end) stored";

  const statements = [
    `create table sites (
      id text not null primary key,
      code text,
      create_time ${integer} not null,
      creator_id ${integer} not null references accounts,
      active integer not null,
      deleted integer not null,
      search_key text not null,
      name text not null,
      description text not null,
      address text not null,
      center text,
      radius ${real},
      geometry text,
      boundaries text,
      language text not null,
      timezone text not null,
      industry text not null,
      org_size ${integer},
      total_sites ${integer},
      purpose text not null,
      params text not null
    )`,
    'create index sites_by_time on sites (create_time, id)',

    `create table site_codes (
      code_key text not null primary key,
      site_id text not null references sites
    )`,
    'create index site_codes_by_site on site_codes (site_id)',

    `alter table account_roles add column site_id text generated always as (${siteOfRole}`,
    'create index account_roles_by_site on account_roles (site_id, account_id) where site_id is not null',

    `create table settings (
      id text not null primary key,
      parameters text not null,
      update_time ${integer}
    )`,
  ];

  return {
    async up(db) {
      for (const statement of statements) await sql.raw(statement).execute(db);
    },
  };
}
