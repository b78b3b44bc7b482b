import type { Selectable } from 'kysely';
import type { Account } from '../../../identity/accounts/account.ts';
import type { AccountStore } from '../../../identity/accounts/store.ts';
import { accountIdOf } from '../../../kernel/ids.ts';
import { type Database, type Flag, flag, noRow } from './database.ts';
import { parseObject } from './json.ts';
import { pageOf } from './page.ts';
import { contains, searchKeyOf } from './search.ts';
import { unlessTaken } from './taken.ts';

export interface AccountRow {
  id: number;
  login: string;
  login_key: string;
  /** Login and name, folded, for `search`. */
  search_key: string;
  name: string;
  create_time: number;
  active: Flag;
  deleted: Flag;
  time_zone: string;
  language: string;
  theme: string;
  custom_hdr: string;
  custom_dat: string;
  roles_update_time: number | null;
}

/** Accounts in SQL. */
export function sqlAccounts({ kysely, engine }: Database): AccountStore {
  const present = () => kysely.selectFrom('accounts').selectAll().where('deleted', '=', 0);

  return {
    async find(id) {
      const row = await present().where('id', '=', Number(id)).executeTakeFirst();
      return row && toAccount(row);
    },

    async findByLogin(loginKey) {
      const row = await present().where('login_key', '=', loginKey).executeTakeFirst();
      return row && toAccount(row);
    },

    async findByLoginOrAddress(loginKey) {
      const row = await present()
        .where((eb) =>
          eb.or([
            eb('login_key', '=', loginKey),
            eb('id', '=', (of) =>
              of
                .selectFrom('email_settings')
                .select((email) => email.fn.min('account_id').as('account_id'))
                .where('email_key', '=', loginKey)
                .where('verified', '=', 1)
                .having((email) => email.fn.countAll(), '=', 1),
            ),
          ]),
        )
        .orderBy((eb) => eb.case().when('login_key', '=', loginKey).then(0).else(1).end())
        .limit(1)
        .executeTakeFirst();
      return row && toAccount(row);
    },

    async list(filter, page) {
      let query = kysely.selectFrom('accounts');
      if (filter.ids === undefined) query = query.where('deleted', '=', 0);
      else if (filter.ids.length === 0) query = query.where(noRow);
      else query = query.where('id', 'in', filter.ids.map(Number));
      if (filter.active !== undefined) query = query.where('active', '=', flag(filter.active));
      const { search } = filter;
      if (search !== undefined) query = query.where((eb) => contains(eb.ref('search_key'), search));
      const rows = query.selectAll().orderBy('create_time', 'desc').orderBy('id', 'desc');
      return pageOf(rows, query, page, toAccount);
    },

    async lock(id) {
      const row = await present()
        .where('id', '=', Number(id))
        .$if(engine === 'postgres', (query) => query.forUpdate())
        .executeTakeFirst();
      return row && toAccount(row);
    },

    async insert(account, loginKey) {
      const result = await kysely
        .insertInto('accounts')
        .values(accountRow(account, loginKey))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return result.numInsertedOrUpdatedRows === 1n;
    },

    async rename({ id, login, name }, loginKey) {
      const rename = kysely
        .updateTable('accounts')
        .set({ login, login_key: loginKey, search_key: searchKeyOf(login, name) })
        .where('id', '=', Number(id))
        .where('deleted', '=', 0);
      return unlessTaken(async () => (await rename.executeTakeFirst()).numUpdatedRows === 1n);
    },

    async erase(account, loginKey) {
      const result = await kysely
        .updateTable('accounts')
        .set({ login: account.login, login_key: loginKey, deleted: 1, ...changeable(account) })
        .where('id', '=', Number(account.id))
        .where('deleted', '=', 0)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async update(account) {
      const result = await kysely
        .updateTable('accounts')
        .set(changeable(account))
        .where('id', '=', Number(account.id))
        .where('deleted', '=', 0)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
  };
}

/** The row of a new account. */
export function accountRow(account: Account, loginKey: string) {
  return {
    id: Number(account.id),
    login: account.login,
    login_key: loginKey,
    create_time: account.createTime,
    deleted: flag(account.deleted),
    ...changeable(account),
  };
}

function changeable(account: Account) {
  return {
    name: account.name,
    search_key: searchKeyOf(account.login, account.name),
    active: flag(account.active),
    time_zone: account.timeZone,
    language: account.language,
    theme: account.theme,
    custom_hdr: JSON.stringify(account.customHdr),
    custom_dat: JSON.stringify(account.customDat),
  };
}

/** The account that a row holds. */
export function toAccount(
  row: Omit<Selectable<AccountRow>, 'login_key' | 'search_key' | 'roles_update_time'>,
): Account {
  return {
    id: accountIdOf(row.id),
    login: row.login,
    name: row.name,
    createTime: row.create_time,
    active: row.active === 1,
    deleted: row.deleted === 1,
    timeZone: row.time_zone,
    language: row.language,
    theme: row.theme,
    customHdr: parseObject(row.custom_hdr),
    customDat: parseObject(row.custom_dat),
  };
}
