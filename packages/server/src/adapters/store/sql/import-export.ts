import { type Selectable, sql } from 'kysely';
import type { ImportProgress } from '../../../import-export/import-progress.ts';
import type { ImportExportStore, WholeAccount } from '../../../import-export/store.ts';
import type { AccountId } from '../../../kernel/ids.ts';
import { accountRow } from './accounts.ts';
import type { Database } from './database.ts';
import { emailSettingsRow } from './email-settings.ts';
import { createInserter } from './insert-rows.ts';
import { toEntry } from './log.ts';
import { outside } from './outside.ts';
import { passwordRow } from './passwords.ts';
import { listWhole } from './whole-accounts.ts';

/** How far an import has come. */
export interface ImportRow {
  id: string;
  records: number;
  digest: string;
  made: number;
  present: number;
  refused: number;
  /** Counts of notes, in JSON. */
  notes: string;
  update_time: number;
}

/** How many keys one statement looks up, so that few statements have to be kept. */
const keysAtOnce = 100;

const insertAccounts = createInserter((kysely, rows) =>
  kysely
    .insertInto('accounts')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'login_key']),
);
const insertPasswords = createInserter((kysely, rows) => kysely.insertInto('passwords').values(rows));
const insertEmailSettings = createInserter((kysely, rows) =>
  kysely.insertInto('email_settings').values(rows),
);
const insertRoles = createInserter((kysely, rows) => kysely.insertInto('account_roles').values(rows));
/** The section can be there before its account. */
const replaceSettings = createInserter((kysely, rows) =>
  kysely
    .insertInto('settings')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        parameters: eb.ref('excluded.parameters'),
        update_time: eb.ref('excluded.update_time'),
      })),
    ),
);

/** What imports and exports need, in SQL. */
export function sqlImportExport(database: Database): ImportExportStore {
  const { kysely, engine } = database;

  return {
    async findImport(id) {
      const row = await kysely.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toProgress(row);
    },

    async saveImport(progress, before) {
      const row = toRow(progress);
      const saved = await kysely
        .insertInto('imports')
        .values(row)
        .onConflict((conflict) =>
          before === undefined
            ? conflict.doNothing()
            : conflict
                .column('id')
                .doUpdateSet(row)
                .where('imports.records', '=', before.records)
                .where('imports.digest', '=', before.digest),
        )
        .executeTakeFirst();
      return saved.numInsertedOrUpdatedRows === 1n;
    },

    async removeImports(kept, limit) {
      const old = kysely
        .selectFrom('imports')
        .select('id')
        .where(outside(sql.ref('update_time'), kept))
        .orderBy('update_time')
        .limit(limit)
        .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked());
      const result = await kysely.deleteFrom('imports').where('id', 'in', old).executeTakeFirst();
      return Number(result.numDeletedRows);
    },

    async takenLogins(loginKeys) {
      const taken = new Set<string>();
      for (const keys of chunks(loginKeys)) {
        const rows = await kysely
          .selectFrom('accounts')
          .select('login_key')
          .where('login_key', 'in', keys)
          .execute();
        for (const row of rows) taken.add(row.login_key);
      }
      return taken;
    },

    async insertWhole(accounts, time) {
      const inserted = new Set<string>();
      // In one order: two imports of the same logins at once would otherwise wait for each other.
      const sorted = firstOfEachId(accounts).toSorted((a, b) =>
        a.loginKey < b.loginKey ? -1 : Number(a.loginKey > b.loginKey),
      );
      const rows = await insertAccounts(
        database,
        sorted.map((whole) => wholeRow(whole, time)),
      );
      for (const { id, login_key: loginKey } of rows) inserted.add(`${id} ${loginKey}`);
      // Of two equal accounts only one was inserted.
      const made = accounts.filter(({ account, loginKey }) => inserted.delete(`${account.id} ${loginKey}`));
      await insertPasswords(database, made.flatMap(passwordRows));
      await insertEmailSettings(database, made.flatMap(emailRows));
      await insertRoles(database, made.flatMap(roleRows));
      await replaceSettings(
        database,
        made.flatMap((whole) => settingsRows(whole, time)),
      );
      return new Set(made);
    },

    listWhole: (after, take) => listWhole(kysely, after, take),

    async listEntriesAbout(accountId, after, take) {
      const rows = await kysely
        .selectFrom('log_entries')
        .selectAll()
        .where('seq', '>', after)
        .where((eb) =>
          eb.or([
            eb.and({ subject_kind: 'user', subject: accountId }),
            eb.and([
              eb('subject_kind', '=', 'session'),
              eb(
                'subject',
                'in',
                eb.selectFrom('sessions').select('id').where('account_id', '=', Number(accountId)),
              ),
            ]),
          ]),
        )
        .orderBy('seq')
        .limit(take)
        .execute();
      return rows.map(toEntry);
    },
  };
}

function* chunks<T>(items: readonly T[]): Generator<T[]> {
  for (let i = 0; i < items.length; i += keysAtOnce) yield items.slice(i, i + keysAtOnce);
}

function firstOfEachId(accounts: readonly WholeAccount[]): WholeAccount[] {
  const seen = new Set<AccountId>();
  return accounts.filter(({ account: { id } }) => !seen.has(id) && seen.add(id));
}

function wholeRow({ account, loginKey, roles }: WholeAccount, time: number) {
  return { ...accountRow(account, loginKey), roles_update_time: roles.length > 0 ? time : null };
}

function passwordRows({ password }: WholeAccount) {
  return password === undefined ? [] : [passwordRow(password)];
}

function emailRows({ email }: WholeAccount) {
  return email === undefined ? [] : [emailSettingsRow(email)];
}

function roleRows({ account, roles }: WholeAccount) {
  return roles.map((role) => ({ account_id: Number(account.id), role }));
}

function settingsRows({ account, settings }: WholeAccount, time: number) {
  if (settings === undefined) return [];
  return [{ id: account.id, parameters: JSON.stringify(settings), update_time: time }];
}

function toRow({ updateTime, notes, ...rest }: ImportProgress): ImportRow {
  return { ...rest, notes: JSON.stringify(notes), update_time: updateTime };
}

function toProgress({ update_time: updateTime, notes, ...rest }: Selectable<ImportRow>): ImportProgress {
  return { ...rest, notes: JSON.parse(notes), updateTime };
}
