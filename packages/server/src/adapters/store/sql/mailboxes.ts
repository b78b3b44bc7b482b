import type { SentMail } from '../../../identity/mails/mail-limit.ts';
import type { MailboxStore } from '../../../identity/mails/store.ts';
import type { Database } from './database.ts';
import { outside } from './outside.ts';

export interface MailboxRow {
  mark: string;
  /** A list of `SentMail` in JSON. */
  sent: string;
  update_time: number;
}

/** What was mailed to each mailbox lately, in SQL. */
export function sqlMailboxes({ kysely, engine }: Database): MailboxStore {
  return {
    async lock(mark) {
      // The empty change locks the row.
      const { sent } = await kysely
        .insertInto('mailboxes')
        .values({ mark, sent: '[]', update_time: 0 })
        .onConflict((conflict) => conflict.column('mark').doUpdateSet({ mark }))
        .returning('sent')
        .executeTakeFirstOrThrow();
      return JSON.parse(sent) as SentMail[];
    },

    async save(mark, sent, now) {
      await kysely
        .updateTable('mailboxes')
        .set({ sent: JSON.stringify(sent), update_time: now })
        .where('mark', '=', mark)
        .execute();
    },

    async removeOld(kept, limit) {
      const old = kysely
        .selectFrom('mailboxes')
        .select('mark')
        .where((eb) => outside(eb.ref('update_time'), kept))
        .orderBy('update_time')
        .limit(limit)
        .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked());
      const result = await kysely.deleteFrom('mailboxes').where('mark', 'in', old).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}
