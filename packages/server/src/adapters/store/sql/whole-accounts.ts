import type { Kysely } from 'kysely';
import type { EmailSettings } from '../../../identity/email-settings/email-settings.ts';
import type { WholeAccount } from '../../../import-export/store.ts';
import { type AccountId, accountIdOf } from '../../../kernel/ids.ts';
import { toAccount } from './accounts.ts';
import type { Tables } from './database.ts';
import { parseObject } from './json.ts';
import { rolesOfAccount, splitRoles } from './roles.ts';
import { settingsOfAccount } from './settings.ts';

/** At most `take` accounts after that id, each with what belongs to it, by one query. */
export async function listWhole(
  kysely: Kysely<Tables>,
  after: AccountId | undefined,
  take: number,
): Promise<WholeAccount[]> {
  const rows = await query(kysely, after, take).execute();
  return rows.map((row) => {
    const account = toAccount(row);
    const email = emailOf(row);
    return {
      account,
      loginKey: row.login_key,
      roles: splitRoles(row.roles),
      ...(row.hash !== null && {
        password: { accountId: account.id, hash: row.hash, changeTime: row.change_time! },
      }),
      ...(email !== undefined && { email }),
      ...(row.settings !== null && { settings: parseObject(row.settings) }),
    };
  });
}

function query(kysely: Kysely<Tables>, after: AccountId | undefined, take: number) {
  return kysely
    .selectFrom('accounts')
    .leftJoin('passwords', 'passwords.account_id', 'accounts.id')
    .leftJoin('email_settings', 'email_settings.account_id', 'accounts.id')
    .selectAll('accounts')
    .select([
      'passwords.hash',
      'passwords.change_time',
      'email_settings.name as email_name',
      'email_settings.email',
      'email_settings.language as email_language',
      'email_settings.subscriptions',
      'email_settings.verified',
      'email_settings.custom_hdr as email_custom_hdr',
      'email_settings.custom_dat as email_custom_dat',
      rolesOfAccount.as('roles'),
      settingsOfAccount.as('settings'),
    ])
    .where('deleted', '=', 0)
    .where('accounts.id', '>', Number(after ?? 0))
    .orderBy('accounts.id')
    .limit(take);
}

type Row = Awaited<ReturnType<ReturnType<typeof query>['execute']>>[number];

function emailOf(row: Row): EmailSettings | undefined {
  if (row.email === null) return undefined;
  return {
    accountId: accountIdOf(row.id),
    name: row.email_name!,
    email: row.email,
    language: row.email_language!,
    subscriptions: parseObject(row.subscriptions!),
    verified: row.verified === 1,
    customHdr: parseObject(row.email_custom_hdr!),
    customDat: parseObject(row.email_custom_dat!),
  };
}
