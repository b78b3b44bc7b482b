import { type Selectable, sql } from 'kysely';
import type { Mail, MailKind, MailStatus } from '../../../identity/mails/mail.ts';
import type { MailStore } from '../../../identity/mails/store.ts';
import { accountIdOf } from '../../../kernel/ids.ts';
import type { Database } from './database.ts';
import { outside } from './outside.ts';
import { pageOf } from './page.ts';

export interface MailRow {
  id: string;
  kind: MailKind;
  account_id: number | null;
  create_time: number;
  expire_time: number | null;
  status: MailStatus;
  attempts: number;
  /** When it is sent next; while it is being sent, when another instance may take it over. */
  next_time: number;
  sent_time: number | null;
  failure: string | null;
  sealed: string | null;
}

/** As the index `mails_due` has it, literally: with parameters, SQLite would look through all mails. */
const unsettled = sql<boolean>`status in ('waiting', 'sending')`;
/** When a mail was sent or given up, or when the offer in it ends. As the index `mails_over` has it, literally. */
const overTime = sql<number>`(case when status in ('sent', 'parked') then next_time else expire_time end)`;

/** The queue of mails in SQL. */
export function sqlMails({ kysely, engine }: Database): MailStore {
  return {
    list({ accountId, status }, page) {
      let query = kysely.selectFrom('mails');
      if (accountId !== undefined) query = query.where('account_id', '=', Number(accountId));
      if (status !== undefined) query = query.where('status', '=', status);
      const rows = query.selectAll().orderBy('create_time', 'desc').orderBy('id', 'desc');
      return pageOf(rows, query, page, toMail);
    },

    async put(mail) {
      const { id, ...values } = toRow(mail);
      await kysely
        .insertInto('mails')
        .values({ id, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    },

    async claim(limit, { waiting, sending }, lease) {
      let due = kysely
        .selectFrom('mails')
        .select('id')
        .where(unsettled)
        .where((eb) => {
          const isDue = eb('next_time', '<=', waiting.after);
          // Unless the clock was set back: then no index helps.
          if (Math.min(waiting.upTo, sending.upTo) === Number.MAX_SAFE_INTEGER) return isDue;
          return eb.or([
            isDue,
            eb.and([eb('status', '=', 'waiting'), eb('next_time', '>', waiting.upTo)]),
            eb.and([eb('status', '=', 'sending'), eb('next_time', '>', sending.upTo)]),
          ]);
        })
        .orderBy('next_time')
        .limit(limit);
      // Mails that another instance is claiming are skipped.
      if (engine === 'postgres') due = due.forUpdate().skipLocked();
      const rows = await kysely
        .updateTable('mails')
        .set((eb) => ({ status: 'sending', next_time: lease, attempts: eb('attempts', '+', 1) }))
        .where('id', 'in', due)
        .returningAll()
        .execute();
      return rows.map(toMail);
    },

    async settle(mail, { status, nextTime, sentTime, failure, forget }) {
      const result = await kysely
        .updateTable('mails')
        .set({
          status,
          next_time: nextTime,
          sent_time: sentTime ?? null,
          failure: failure ?? null,
          ...(forget && { sealed: null }),
        })
        .where('id', '=', mail.id)
        .where('status', '=', 'sending')
        .where('next_time', '=', mail.nextTime)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async retry(id, now) {
      const result = await kysely
        .updateTable('mails')
        .set({ status: 'waiting', next_time: now, attempts: 0 })
        .where('id', '=', id)
        .where('status', '=', 'parked')
        .where('sealed', 'is not', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    async hurry(now) {
      await kysely
        .updateTable('mails')
        .set({ next_time: now })
        .where(unsettled)
        .where('status', '=', 'waiting')
        .where('next_time', '>', now)
        .execute();
    },

    async removeOf(accountId) {
      await kysely.deleteFrom('mails').where('account_id', '=', Number(accountId)).execute();
    },

    async removeOver(kept, limit) {
      const old = kysely
        .selectFrom('mails')
        .select('id')
        .where(outside(overTime, kept))
        // The end of an offer may lie ahead.
        .$if(kept.upTo < Number.MAX_SAFE_INTEGER, (query) =>
          query.where(sql<boolean>`(${overTime} < ${kept.after} or not ${unsettled})`),
        )
        .orderBy(overTime)
        .limit(limit)
        .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked());
      const result = await kysely.deleteFrom('mails').where('id', 'in', old).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

function toRow(mail: Mail): MailRow {
  return {
    id: mail.id,
    kind: mail.kind,
    account_id: mail.accountId === undefined ? null : Number(mail.accountId),
    create_time: mail.createTime,
    expire_time: mail.expireTime ?? null,
    status: mail.status,
    attempts: mail.attempts,
    next_time: mail.nextTime,
    sent_time: mail.sentTime ?? null,
    failure: mail.failure ?? null,
    sealed: mail.sealed ?? null,
  };
}

function toMail(row: Selectable<MailRow>): Mail {
  return {
    id: row.id,
    kind: row.kind,
    ...(row.account_id !== null && { accountId: accountIdOf(row.account_id) }),
    createTime: row.create_time,
    ...(row.expire_time !== null && { expireTime: row.expire_time }),
    status: row.status,
    attempts: row.attempts,
    nextTime: row.next_time,
    ...(row.sent_time !== null && { sentTime: row.sent_time }),
    ...(row.failure !== null && { failure: row.failure }),
    ...(row.sealed !== null && { sealed: row.sealed }),
  };
}
