import { accountIdOf } from '../../kernel/ids.ts';
import type { PasswordStore } from '../../passwords/store.ts';
import type { Database } from './database.ts';

/** Passwords in SQL. */
export function sqlPasswords({ kysely }: Database): PasswordStore {
  return {
    async find(accountId) {
      const row = await kysely
        .selectFrom('passwords')
        .selectAll()
        .where('account_id', '=', Number(accountId))
        .executeTakeFirst();
      return row && { accountId: accountIdOf(row.account_id), hash: row.hash, changeTime: row.change_time };
    },

    async insert({ accountId, hash, changeTime }) {
      await kysely
        .insertInto('passwords')
        .values({ account_id: Number(accountId), hash, change_time: changeTime })
        .execute();
    },

    async replace({ accountId, hash, changeTime }, oldHash) {
      const result = await kysely
        .updateTable('passwords')
        .set({ hash, change_time: changeTime })
        .where('account_id', '=', Number(accountId))
        .where('hash', '=', oldHash)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },
  };
}
