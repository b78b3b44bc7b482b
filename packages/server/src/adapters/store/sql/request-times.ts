import { sql } from 'kysely';
import type { SessionId } from '../../../kernel/ids.ts';
import type { Database } from './database.ts';

/** When open sessions were used last. The ids are one parameter, so that there is one statement. */
export async function findRequestTimes(
  { kysely, engine }: Database,
  ids: readonly SessionId[],
): Promise<ReadonlyMap<SessionId, number>> {
  const json = JSON.stringify(ids);
  const list =
    engine === 'sqlite'
      ? sql<string>`(select value from json_each(${json}))`
      : sql<string>`(select json_array_elements_text(${json}::json))`;
  const rows = await kysely
    .selectFrom('sessions')
    .select(['id', 'request_time'])
    .where('close_time', 'is', null)
    .where('id', 'in', list)
    .execute();
  return new Map(rows.map((row) => [row.id as SessionId, row.request_time]));
}

/** Open sessions that the sweep last saw used before `idleSince`, and that were used since. */
export function usedSince({ kysely }: Database, idleSince: number, limit: number) {
  return kysely
    .selectFrom('sessions')
    .select('id')
    .where('close_time', 'is', null)
    .where('swept_time', '<=', idleSince)
    .where('request_time', '>', idleSince)
    .limit(limit);
}
