import type { Selectable } from 'kysely';
import type { Mail, MailKind, MailStatus } from '../../../identity/mails/mail.ts';
import type { MailStore } from '../../../identity/mails/store.ts';
import { accountIdOf } from '../../../kernel/ids.ts';
import type { Database } from './database.ts';
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

    async countSince(accountId, kinds, { after, upTo }) {
      const { count } = await kysely
        .selectFrom('mails')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('account_id', '=', Number(accountId))
        .where('create_time', '>', after)
        .where('create_time', '<=', upTo)
        .where('kind', 'in', kinds)
        .executeTakeFirstOrThrow();
      return count;
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
        .where('status', 'in', ['waiting', 'sending'])
        .where((eb) =>
          eb.or([
            eb('next_time', '<=', waiting.after),
            eb.and([eb('status', '=', 'waiting'), eb('next_time', '>', waiting.upTo)]),
            eb.and([eb('status', '=', 'sending'), eb('next_time', '>', sending.upTo)]),
          ]),
        )
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
        .where('status', '=', 'waiting')
        .where('next_time', '>', now)
        .execute();
    },

    async removeOf(accountId) {
      await kysely.deleteFrom('mails').where('account_id', '=', Number(accountId)).execute();
    },

    async removeSettled({ after, upTo }, limit) {
      const old = kysely
        .selectFrom('mails')
        .select('id')
        .where((eb) => eb.or([eb('create_time', '<', after), eb('create_time', '>', upTo)]))
        .where('status', 'in', ['sent', 'parked'])
        .limit(limit);
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
