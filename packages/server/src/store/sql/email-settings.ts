import type { EmailSettings } from '../../email-settings/email-settings.ts';
import type { EmailSettingsStore } from '../../email-settings/store.ts';
import { accountIdOf } from '../../kernel/ids.ts';
import { type Database, flag } from './database.ts';
import { parseObject } from './json.ts';

/** E-mail settings in SQL. */
export function sqlEmailSettings({ kysely }: Database): EmailSettingsStore {
  return {
    async find(accountId) {
      const row = await kysely
        .selectFrom('email_settings')
        .selectAll()
        .where('account_id', '=', Number(accountId))
        .executeTakeFirst();
      return (
        row && {
          accountId: accountIdOf(row.account_id),
          name: row.name,
          email: row.email,
          language: row.language,
          subscriptions: parseObject(row.subscriptions),
          verified: row.verified === 1,
          customHdr: parseObject(row.custom_hdr),
          customDat: parseObject(row.custom_dat),
        }
      );
    },

    async insert(settings) {
      await kysely.insertInto('email_settings').values(emailSettingsRow(settings)).execute();
    },

    async remove(accountId) {
      await kysely.deleteFrom('email_settings').where('account_id', '=', Number(accountId)).execute();
    },
  };
}

/** The row of new e-mail settings. */
export function emailSettingsRow(settings: EmailSettings) {
  return {
    account_id: Number(settings.accountId),
    name: settings.name,
    email: settings.email,
    language: settings.language,
    subscriptions: JSON.stringify(settings.subscriptions),
    verified: flag(settings.verified),
    custom_hdr: JSON.stringify(settings.customHdr),
    custom_dat: JSON.stringify(settings.customDat),
  };
}
