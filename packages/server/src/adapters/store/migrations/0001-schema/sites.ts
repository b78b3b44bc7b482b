import type { Dialect } from './dialect.ts';

/** Sites and their codes. */
export function siteTables({ integer, real }: Dialect): string[] {
  return [
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
  ];
}

/** Invitations to sites, and what was sent for them lately. */
export function invitationTables({ integer }: Dialect): string[] {
  return [
    // Accounts are named without a reference, which would lock their rows while an invitation is written.
    `create table invitations (
      id ${integer} primary key,
      action text not null,
      status text not null,
      site_id text not null references sites,
      role text not null,
      create_time ${integer} not null,
      update_time ${integer} not null,
      creator_id ${integer} not null,
      sender_id ${integer} not null,
      invitee_name text not null,
      invitee_email text,
      email_key text,
      search_key text not null,
      invitee_id ${integer},
      sent_time ${integer},
      expire_time ${integer},
      code_hash text unique
    )`,
    'create index invitations_by_site on invitations (site_id, create_time, id)',
    'create index invitations_by_email on invitations (email_key) where email_key is not null',
    'create index invitations_by_invitee on invitations (invitee_id) where invitee_id is not null',
    'create index invitations_by_sender on invitations (sender_id)',
    'create index invitations_by_update on invitations (update_time)',

    `create table invitation_sends (
      kind text not null,
      site_id text not null,
      sender_id ${integer} not null,
      subject text not null,
      time ${integer} not null
    )`,
    'create index invitation_sends_by_sender on invitation_sends (sender_id, time)',
    'create index invitation_sends_by_site on invitation_sends (site_id, time)',
    'create index invitation_sends_by_subject on invitation_sends (subject, time)',
    'create index invitation_sends_by_time on invitation_sends (time)',
  ];
}
