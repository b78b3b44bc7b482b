import { sql } from 'kysely';
import type { Database } from './database.ts';

/** As `moveBack` of the port says. */
export async function moveBack(
  { kysely, engine }: Database,
  ahead: number,
  setBackTo: number,
  limit: number,
): Promise<number> {
  // Two searches: each time has an index, which SQLite would not use for one joined by `or`.
  const sessionsAhead = (column: 'open_time' | 'request_time') =>
    kysely.selectFrom('sessions').select('id').where('close_time', 'is', null).where(column, '>', ahead);
  let count = 0;
  for (const column of ['open_time', 'request_time'] as const) {
    let picked = sessionsAhead(column).limit(limit - count);
    // Who holds one is ending it.
    if (engine === 'postgres') picked = picked.forUpdate().skipLocked();
    const back = (name: 'open_time' | 'request_time' | 'auth_time') =>
      sql<number>`case when ${sql.ref(name)} > ${ahead} then ${setBackTo} else ${sql.ref(name)} end`;
    const result = await kysely
      .updateTable('sessions')
      .set({
        open_time: back('open_time'),
        request_time: back('request_time'),
        auth_time: back('auth_time'),
        expire_time: sql<number>`case when open_time > ${ahead}
          then ${setBackTo} + expire_time - open_time else expire_time end`,
      })
      .where('id', 'in', picked)
      .where('close_time', 'is', null)
      .executeTakeFirst();
    count += Number(result.numUpdatedRows);
    if (count >= limit) break;
  }
  return count;
}
