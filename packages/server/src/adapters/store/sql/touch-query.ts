import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

/** Sets the request times of many sessions by one statement, from a JSON object of id to time. `live` is as in the port. */
export function touchQuery(
  { engine }: Database,
  json: string,
  live?: { readonly idle: number; readonly step: number },
): RawBuilder<unknown> {
  const time = engine === 'sqlite' ? sql`times.value` : sql`value::bigint`;
  const movable =
    live === undefined
      ? sql`request_time < ${time}`
      : sql`request_time <= ${time} - ${sql.lit(Math.round(live.step))}
        and request_time > ${time} - ${sql.lit(Math.round(live.idle))} and expire_time > ${time}`;
  if (engine === 'sqlite') {
    return sql`
      update sessions set request_time = times.value
      from json_each(${json}) times
      where sessions.id = times.key and close_time is null and ${movable}`;
  }
  // Locked in the order of the ids, as in `end`.
  return sql`
    with picked as materialized (
      select id, value::bigint as time from sessions
      join json_each_text(${json}::json) times on sessions.id = times.key
      where close_time is null and ${movable}
      order by id for update of sessions)
    update sessions set request_time = picked.time from picked
    where sessions.id = picked.id and close_time is null and request_time < picked.time`;
}
