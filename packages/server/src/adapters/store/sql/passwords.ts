import { type Selectable, sql } from 'kysely';
import type { Password, StoredPassword } from '../../../identity/passwords/password.ts';
import type { PasswordStore } from '../../../identity/passwords/store.ts';
import { accountIdOf } from '../../../kernel/ids.ts';
import type { Database } from './database.ts';

export interface PasswordRow {
  account_id: number;
  hash: string;
  change_time: number;
  /** Wrong passwords since the last right one. */
  failures: number;
  /** No password is checked before this time. */
  wait_until: number;
  lock_time: number | null;
}

/** The one row of its table: tries that count against no account. */
export interface UncountedTriesRow {
  id: 1;
  tries: number;
}

const noFailures = { failures: 0, wait_until: 0, lock_time: null };

/** Passwords in SQL. */
export function sqlPasswords({ kysely }: Database): PasswordStore {
  return {
    async find(accountId) {
      const row = await kysely
        .selectFrom('passwords')
        .selectAll()
        .where('account_id', '=', Number(accountId))
        .executeTakeFirst();
      return row && toPassword(row);
    },

    async insert(password) {
      await kysely.insertInto('passwords').values(passwordRow(password)).execute();
    },

    async replace({ accountId, hash, changeTime }, oldHash) {
      const result = await kysely
        .updateTable('passwords')
        .set({ hash, change_time: changeTime, ...noFailures })
        .where('account_id', '=', Number(accountId))
        .where('hash', '=', oldHash)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async countFailure(accountId, time, { waits, most }) {
      const { over = 0 } = time;
      // Literals, whose types PostgreSQL knows, unlike those of parameters. They are the same in every run.
      const now = sql`cast(${time.now} as bigint)`;
      const after = (wait: number) => (wait === 0 ? sql.lit(0) : sql`${now} + ${sql.lit(wait)}`);
      const cases = waits.map((wait, failures) => sql`when ${sql.lit(failures)} then ${after(wait)}`);
      const result = await kysely
        .updateTable('passwords')
        .set((eb) => ({
          failures: eb('failures', '+', 1),
          wait_until: sql<number>`case failures ${sql.join(cases, sql` `)} else ${after(waits.at(-1) ?? 0)} end`,
          lock_time: sql<number | null>`case when failures + 1 >= ${sql.lit(most)} then ${now} end`,
        }))
        .where('account_id', '=', Number(accountId))
        .where('lock_time', 'is', null)
        .where((eb) => eb.or([eb('wait_until', '<=', time.now), eb('wait_until', '=', over)]))
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async countNowhere() {
      await kysely
        .updateTable('uncounted_tries')
        .set((eb) => ({ tries: eb('tries', '+', 1) }))
        .execute();
    },

    async forgive(accountId) {
      const result = await kysely
        .updateTable('passwords')
        .set(noFailures)
        .where('account_id', '=', Number(accountId))
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async remove(accountId) {
      await kysely.deleteFrom('passwords').where('account_id', '=', Number(accountId)).execute();
    },
  };
}

/** The row of a new password. */
export function passwordRow({ accountId, hash, changeTime }: Password) {
  return { account_id: Number(accountId), hash, change_time: changeTime, ...noFailures };
}

function toPassword(row: Selectable<PasswordRow>): StoredPassword {
  const { failures, wait_until: waitUntil, lock_time: lockTime } = row;
  return {
    accountId: accountIdOf(row.account_id),
    hash: row.hash,
    changeTime: row.change_time,
    tries: lockTime === null ? { failures, waitUntil } : { failures, waitUntil, lockTime },
  };
}
