import type { CodePurpose } from '../../../identity/codes/code.ts';
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
}

/** One-time codes in SQL. */
export function sqlCodes({ kysely, engine }: Database): CodeStore {
  return {
    async find(accountId, purpose, hash) {
      const row = await kysely
        .selectFrom('codes')
        .selectAll()
        .where('account_id', '=', Number(accountId))
        .where('purpose', '=', purpose)
        .where('hash', '=', hash)
        .executeTakeFirst();
      return (
        row && {
          accountId,
          purpose: row.purpose,
          hash: row.hash,
          subject: row.subject,
          expireTime: row.expire_time,
          life: row.life,
        }
      );
    },

    async isCode(accountId, hash) {
      const row = await kysely
        .selectFrom('codes')
        .select('hash')
        .where('account_id', '=', Number(accountId))
        .where('hash', '=', hash)
        .executeTakeFirst();
      return row !== undefined;
    },

    async put({ accountId, purpose, hash, subject, expireTime, life }, most) {
      const account_id = Number(accountId);
      await kysely
        .insertInto('codes')
        .values({ account_id, purpose, hash, subject, expire_time: expireTime, life })
        .execute();
      const others = kysely
        .selectFrom('codes')
        .select('hash')
        .where('account_id', '=', account_id)
        .where('purpose', '=', purpose)
        .where('hash', '!=', hash)
        .orderBy('expire_time', 'desc')
        .limit(most - 1);
      await kysely
        .deleteFrom('codes')
        .where('account_id', '=', account_id)
        .where('purpose', '=', purpose)
        .where('hash', '!=', hash)
        .where('hash', 'not in', others)
        .execute();
    },

    async use(code, { after, upTo }) {
      const result = await kysely
        .deleteFrom('codes')
        .where('account_id', '=', Number(code.accountId))
        .where('purpose', '=', code.purpose)
        .where('hash', '=', code.hash)
        .where('expire_time', '>', after)
        .where('expire_time', '<=', upTo)
        .executeTakeFirst();
      return result.numDeletedRows === 1n;
    },

    async remove(accountId, purpose) {
      let query = kysely.deleteFrom('codes').where('account_id', '=', Number(accountId));
      if (purpose !== undefined) query = query.where('purpose', '=', purpose);
      await query.execute();
    },

    async removeExpired(before, limit, ahead) {
      const expired = kysely
        .selectFrom('codes')
        .select(['account_id', 'purpose', 'hash'])
        .where((eb) => {
          const isOld = eb('expire_time', '<', before);
          if (ahead === undefined) return isOld;
          const isAhead = eb(eb('expire_time', '-', eb.ref('life')), '>', ahead.after);
          return eb.or([isOld, eb.and([isAhead, eb('life', '<=', ahead.life)])]);
        })
        .orderBy('expire_time')
        .limit(limit)
        .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked());
      const result = await kysely
        .deleteFrom('codes')
        .where((eb) =>
          eb(
            eb.refTuple('account_id', 'purpose', 'hash'),
            'in',
            expired.$asTuple('account_id', 'purpose', 'hash'),
          ),
        )
        .executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
