import { sql } from 'kysely';
import type { SessionId } from '../../../kernel/ids.ts';
import type { SessionFilter } from '../../../sessions/session.ts';
import type { SessionStore } from '../../../sessions/store.ts';
import { type Database, type FindRow, noRow } from './database.ts';
import { endSessions, pastLimits } from './end-sessions.ts';
import { forgetDevices } from './forget-devices.ts';
import { outside } from './outside.ts';
import { pageOf } from './page.ts';
import { findRequestTimes, usedSince } from './request-times.ts';
import { rolesOfAccount } from './roles.ts';
import { contains } from './search.ts';
import {
  type MomentRow,
  toMoment,
  toSession,
  toSessionRow,
  toUserSession,
  userColumns,
} from './session-rows.ts';
import { settingsOfAccount } from './settings.ts';
import { sitesOfAccount } from './sites-of-account.ts';
import { touchQuery } from './touch-query.ts';

const touchBatch = 500;

/** What other tables hold about a session's user. Where they hold nothing, each costs one look into an index. */
const ofAccount = [
  rolesOfAccount.as('roles'),
  sitesOfAccount.as('sites'),
  settingsOfAccount.as('settings'),
] as const;

/** Sessions in SQL. */
export function sqlSessions(database: Database): SessionStore {
  const { kysely, engine } = database;
  let findMoment: FindRow<MomentRow> | undefined;

  const openSessions = () => kysely.selectFrom('sessions').where('close_time', 'is', null);

  return {
    async find(id) {
      findMoment ??= database.prepare('find-session', momentQuery(database));
      const row = await findMoment(id);
      return row && toMoment(row);
    },

    listDevices: (accountId, limit) =>
      kysely
        .selectFrom('sessions')
        .select(['client', 'platform'])
        .where('account_id', '=', Number(accountId))
        .orderBy('open_time', 'desc')
        .orderBy('id', 'desc')
        .limit(limit)
        .execute(),

    async list(filter, page) {
      const whole = filterSessions(database, filter);
      const rows = whole
        .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
        .leftJoin('passwords', 'passwords.account_id', 'sessions.account_id')
        .selectAll('sessions')
        .select(userColumns)
        .select(['change_time', ...ofAccount])
        .orderBy('open_time', 'desc')
        .orderBy('sessions.id', 'desc');
      return pageOf(rows, whole, page, toUserSession);
    },

    findRequestTimes: (ids) => findRequestTimes(database, ids),

    hasUsed: async (idleSince) => (await usedSince(database, idleSince, 1).execute()).length > 0,

    async countExpired({ now, idleSince }, most) {
      let count = 0;
      for (const limit of pastLimits(now, idleSince)) {
        const past = openSessions()
          .select('id')
          .where(limit)
          .limit(most - count);
        const found = await kysely
          .selectFrom(past.as('past'))
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow();
        count += found.count;
      }
      return count;
    },

    async listLiveIds({ accountId, now, idleSince, after, take }) {
      // `+` keeps SQLite from the index: the rows are wanted in the order of the ids.
      let query = openSessions()
        .select('id')
        .where(sql<number>`+expire_time`, '>', now)
        .where('request_time', '>', idleSince);
      if (accountId !== undefined) query = query.where('account_id', '=', Number(accountId));
      if (after !== undefined) query = query.where('id', '>', after);
      const rows = await query.orderBy('id').limit(take).execute();
      return rows.map((row) => row.id as SessionId);
    },

    async insert(session) {
      await kysely.insertInto('sessions').values(toSessionRow(session)).execute();
    },

    end: (filter, time, reason) => endSessions(database, filter, time, reason),

    async findLeastUsed(accountId, keep) {
      const rows = await openSessions()
        .select('id')
        .where('account_id', '=', Number(accountId))
        .orderBy('request_time', 'desc')
        .orderBy('open_time', 'desc')
        .orderBy('id')
        .execute();
      return rows.slice(keep).map((row) => row.id as SessionId);
    },

    async touch(times, live) {
      const all = [...times].sort(([a], [b]) => (a < b ? -1 : 1));
      for (let i = 0; i < all.length; i += touchBatch) {
        const json = JSON.stringify(Object.fromEntries(all.slice(i, i + touchBatch)));
        await touchQuery(database, json, live).execute(kysely);
      }
    },

    async passOver(idleSince, limit) {
      const picked = usedSince(database, idleSince, limit).$if(engine === 'postgres', (query) =>
        query.forUpdate().skipLocked(),
      );
      const result = await kysely
        .with(
          (cte) => cte('picked').materialized(),
          () => picked,
        )
        .updateTable('sessions')
        .set((eb) => ({ swept_time: eb.ref('request_time') }))
        .where('id', 'in', (eb) => eb.selectFrom('picked').select('picked.id'))
        .executeTakeFirst();
      return Number(result.numUpdatedRows);
    },

    async lock(id) {
      const row = await kysely
        .selectFrom('sessions')
        .selectAll()
        .where('id', '=', id)
        .$if(engine === 'postgres', (query) => query.forUpdate())
        .executeTakeFirst();
      return row && toSession(row);
    },

    async setData(id, data) {
      const changes = { data: JSON.stringify(data) };
      await kysely.updateTable('sessions').set(changes).where('id', '=', id).execute();
      if (engine === 'postgres') return;
      // Other processes on the file keep sessions in memory.
      await kysely
        .updateTable('log_head')
        .set((eb) => ({ data_changes: eb('data_changes', '+', 1) }))
        .execute();
    },

    async proveAgain(id, authTime) {
      const result = await kysely
        .updateTable('sessions')
        .set({ auth_time: authTime })
        .where('id', '=', id)
        .where('close_time', 'is', null)
        .executeTakeFirst();
      return result.numUpdatedRows === 1n;
    },

    forgetDevices: (accountId) => forgetDevices(database, accountId),

    async removeClosed(kept, limit) {
      const picked = kysely
        .selectFrom('sessions')
        .select('id')
        .where(outside(sql.ref('close_time'), kept))
        .orderBy('close_time')
        .limit(limit)
        .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked());
      const result = await kysely.deleteFrom('sessions').where('id', 'in', picked).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

/** One statement, so that everything in its answer is of one moment. Its parameter is as `prepare` says. */
function momentQuery({ kysely, engine }: Database) {
  return kysely
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .leftJoin('passwords', 'passwords.account_id', 'sessions.account_id')
    .selectAll('sessions')
    .select(userColumns)
    .select((eb) => ['change_time', ...ofAccount, eb.selectFrom('log_head').select('head').as('head')])
    .where('sessions.id', '=', engine === 'postgres' ? sql<string>`any(${[]})` : '')
    .$castTo<MomentRow>()
    .compile();
}

function filterSessions({ kysely }: Database, filter: SessionFilter) {
  let query = kysely.selectFrom('sessions');
  const { accountId, search } = filter;
  if (accountId !== undefined) query = query.where('sessions.account_id', '=', Number(accountId));
  if (filter.active !== undefined) query = query.where('close_time', filter.active ? 'is' : 'is not', null);
  if (filter.fromTime !== undefined) query = query.where('open_time', '>=', filter.fromTime);
  if (filter.toTime !== undefined) query = query.where('open_time', '<', filter.toTime);
  if (filter.ids !== undefined) {
    query = filter.ids.length === 0 ? query.where(noRow) : query.where('sessions.id', 'in', filter.ids);
  }
  if (search !== undefined) {
    // A subquery, so that the accounts are searched once and not for each session.
    query = query.where((eb) => {
      const accounts = eb.selectFrom('accounts').select('accounts.id');
      return eb.or([
        eb(
          'sessions.account_id',
          'in',
          accounts.where((of) => contains(of.ref('search_key'), search)),
        ),
        contains(sql<string>`lower(address)`, search),
      ]);
    });
  }
  return query;
}
