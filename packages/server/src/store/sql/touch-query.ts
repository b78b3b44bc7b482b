import { type RawBuilder, sql } from 'kysely';
import type { Database } from './database.ts';

/** Moves many sessions' times by one statement, from a JSON object of id to time. */
export function touchQuery({ engine }: Database, json: string): RawBuilder<unknown> {
  if (engine === 'sqlite') {
    return sql`
      update sessions set request_time = times.value
      from json_each(${json}) times
      where sessions.id = times.key and close_time is null and request_time < times.value`;
  }
  // Locked in the order of the ids, as `end` does.
  return sql`
    with picked as materialized (
      select id, value::bigint as time from sessions
      join json_each_text(${json}::json) times on sessions.id = times.key
      where close_time is null and request_time < value::bigint
      order by id for update of sessions)
    update sessions set request_time = picked.time from picked
    where sessions.id = picked.id and close_time is null and request_time < picked.time`;
}
