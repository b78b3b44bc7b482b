import { type Expression, type SqlBool, sql } from 'kysely';
import { runInBatches } from '../../../kernel/run-in-batches.ts';
import type { CloseReason, Session } from '../../../sessions/session.ts';
import type { EndFilter } from '../../../sessions/store.ts';
import { type Database, noRow } from './database.ts';
import { toSession } from './session-rows.ts';

const batch = 250;

/** As `end` of the port says. */
export async function endSessions(
  database: Database,
  filter: EndFilter,
  time: number,
  reason: CloseReason,
): Promise<Session[]> {
  const { expired, limit } = filter;
  if (limit === undefined && filter.ids === undefined && expired === undefined)
    return endInSteps(database, filter, time, reason);
  if (expired === undefined || filter.ids !== undefined || filter.accountId !== undefined) {
    return endAtOnce(database, filter, time, reason);
  }
  const ended: Session[] = [];
  for (const past of pastLimits(expired.now, expired.idleSince)) {
    const rest = limit === undefined ? filter : { ...filter, limit: limit - ended.length };
    ended.push(...(await endAtOnce(database, rest, time, reason, past)));
  }
  return ended;
}

/** The two limits as two conditions: each has an index, which SQLite would not use for one joined by `or`. */
export function pastLimits(now: number, idleSince: number): Expression<SqlBool>[] {
  return [
    sql<SqlBool>`expire_time <= ${now}`,
    sql<SqlBool>`(swept_time <= ${idleSince} and request_time <= ${idleSince} and +expire_time > ${now})`,
  ];
}

/**
 * Ends all sessions that the filter names, by several statements of the one transaction: between two of them everything
 * but other writers of an SQLite file has its turn.
 */
async function endInSteps(
  database: Database,
  filter: EndFilter,
  time: number,
  reason: CloseReason,
): Promise<Session[]> {
  const ended: Session[] = [];
  await runInBatches(batch, async (limit) => {
    const some = await endAtOnce(database, { ...filter, limit }, time, reason);
    for (const session of some) ended.push(session);
    return some.length;
  });
  return ended;
}

/** Ends the sessions that the filter names. A sweep gives `past`, one limit, which then replaces `expired`. */
async function endAtOnce(
  { kysely, engine }: Database,
  filter: EndFilter,
  time: number,
  reason: CloseReason,
  past?: Expression<SqlBool>,
): Promise<Session[]> {
  let picked = kysely.selectFrom('sessions').select('id').where('close_time', 'is', null);
  if (filter.ids !== undefined) {
    picked = filter.ids.length === 0 ? picked.where(noRow) : picked.where('id', 'in', filter.ids);
  }
  if (filter.accountId !== undefined) picked = picked.where('account_id', '=', Number(filter.accountId));
  if (filter.except !== undefined) picked = picked.where('id', '<>', filter.except);
  const { expired } = filter;
  if (past !== undefined) picked = picked.where(past);
  else if (expired !== undefined) {
    picked = picked.where((eb) => eb.or(pastLimits(expired.now, expired.idleSince)));
  }
  if (filter.limit !== undefined) picked = picked.limit(filter.limit);
  if (engine === 'postgres') {
    // Locked in the order of the ids, so that two endings cannot deadlock. A sweep does not wait: a transaction that
    // holds an expired session is ending it, or has just used it.
    picked = past || filter.skipLocked ? picked.forUpdate().skipLocked() : picked.orderBy('id').forUpdate();
  }
  const rows = await kysely
    .with(
      (cte) => cte('picked').materialized(),
      () => picked,
    )
    .updateTable('sessions')
    .set({ close_time: time, close_reason: reason })
    .where('id', 'in', (eb) => eb.selectFrom('picked').select('picked.id'))
    .where('close_time', 'is', null)
    .returningAll()
    .execute();
  return rows.map(toSession);
}
