import type { Code, CodePurpose } from '../../../identity/codes/code.ts';
import type { CodeStore } from '../../../identity/codes/store.ts';
import type { Database } from './database.ts';

export interface CodeRow {
  /** 0 where there is no such account. */
  account_id: number;
  purpose: CodePurpose;
  hash: string;
  subject: string;
  expire_time: number;
  /** How long it was given. Milliseconds. */
  life: number;
  failures: number;
}

/** One-time codes in SQL. */
export function sqlCodes({ kysely }: Database): CodeStore {
  return {
    async find(accountId, purpose) {
      const row = await kysely
        .selectFrom('codes')
        .selectAll()
        .where('account_id', '=', Number(accountId))
        .where('purpose', '=', purpose)
        .executeTakeFirst();
      return (
        row && {
          accountId,
          purpose: row.purpose,
          hash: row.hash,
          subject: row.subject,
          expireTime: row.expire_time,
          life: row.life,
          failures: row.failures,
        }
      );
    },

    async put(code) {
      const values = {
        hash: code.hash,
        subject: code.subject,
        expire_time: code.expireTime,
        life: code.life,
        failures: code.failures,
      };
      await kysely
        .insertInto('codes')
        .values({ account_id: Number(code.accountId), purpose: code.purpose, ...values })
        .onConflict((conflict) => conflict.columns(['account_id', 'purpose']).doUpdateSet(values))
        .execute();
    },

    async use(code: Code, { after, upTo }, mostFailures) {
      const result = await kysely
        .deleteFrom('codes')
        .where('account_id', '=', Number(code.accountId))
        .where('purpose', '=', code.purpose)
        .where('hash', '=', code.hash)
        .where('expire_time', '>', after)
        .where('expire_time', '<=', upTo)
        .where('failures', '<', mostFailures)
        .executeTakeFirst();
      return result.numDeletedRows === 1n;
    },

    async countFailure(accountId, purpose) {
      await kysely
        .updateTable('codes')
        .set((eb) => ({ failures: eb('failures', '+', 1) }))
        .where('account_id', '=', Number(accountId))
        .where('purpose', '=', purpose)
        .execute();
    },

    async remove(accountId, purpose) {
      let query = kysely.deleteFrom('codes').where('account_id', '=', Number(accountId));
      if (purpose !== undefined) query = query.where('purpose', '=', purpose);
      await query.execute();
    },

    async removeExpired(before, ahead) {
      const result = await kysely
        .deleteFrom('codes')
        .where((eb) => {
          const isOld = eb('expire_time', '<', before);
          if (ahead === undefined) return isOld;
          const isAhead = eb(eb('expire_time', '-', eb.ref('life')), '>', ahead.after);
          return eb.or([isOld, eb.and([isAhead, eb('life', '<=', ahead.life)])]);
        })
        .executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
