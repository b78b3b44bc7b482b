import type { Selectable } from 'kysely';
import type { EmailSettings } from '../../../identity/email-settings/email-settings.ts';
import type { EmailSettingsStore } from '../../../identity/email-settings/store.ts';
import { emailKeyOf } from '../../../kernel/email-address.ts';
import { accountIdOf } from '../../../kernel/ids.ts';
import { type Database, type Flag, flag } from './database.ts';
import { parseObject } from './json.ts';

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

/** E-mail settings in SQL. */
export function sqlEmailSettings({ kysely }: Database): EmailSettingsStore {
  const all = () => kysely.selectFrom('email_settings').selectAll();

  return {
    async find(accountId) {
      const row = await all().where('account_id', '=', Number(accountId)).executeTakeFirst();
      return row && toEmailSettings(row);
    },

    async listByEmail(emailKey) {
      const rows = await all().where('email_key', '=', emailKey).orderBy('account_id').execute();
      return rows.map(toEmailSettings);
    },

    async isProven(emailKey) {
      const row = await kysely
        .selectFrom('email_settings')
        .select('account_id')
        .where('email_key', '=', emailKey)
        .where('verified', '=', 1)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async insert(settings) {
      await kysely.insertInto('email_settings').values(emailSettingsRow(settings)).execute();
    },

    async update(settings) {
      const result = await kysely
        .updateTable('email_settings')
        .set(toColumns(settings))
        .where('account_id', '=', Number(settings.accountId))
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async prove(accountId, email) {
      const result = await kysely
        .updateTable('email_settings')
        .set({ verified: 1, proven_email: email })
        .where('account_id', '=', Number(accountId))
        .where('email_key', '=', emailKeyOf(email))
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async remove(accountId) {
      await kysely.deleteFrom('email_settings').where('account_id', '=', Number(accountId)).execute();
    },
  };
}

/** The row of new e-mail settings. */
export function emailSettingsRow(settings: EmailSettings) {
  return { account_id: Number(settings.accountId), ...toColumns(settings) };
}

function toColumns(settings: EmailSettings) {
  return {
    name: settings.name,
    email: settings.email,
    email_key: emailKeyOf(settings.email),
    proven_email: settings.provenEmail ?? null,
    language: settings.language,
    subscriptions: JSON.stringify(settings.subscriptions),
    verified: flag(settings.verified),
    custom_hdr: JSON.stringify(settings.customHdr),
    custom_dat: JSON.stringify(settings.customDat),
  };
}

function toEmailSettings(row: Selectable<EmailSettingsRow>): EmailSettings {
  return {
    accountId: accountIdOf(row.account_id),
    name: row.name,
    email: row.email,
    ...(row.proven_email !== null && { provenEmail: row.proven_email }),
    language: row.language,
    subscriptions: parseObject(row.subscriptions),
    verified: row.verified === 1,
    customHdr: parseObject(row.custom_hdr),
    customDat: parseObject(row.custom_dat),
  };
}
