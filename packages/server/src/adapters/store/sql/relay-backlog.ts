import { sql } from 'kysely';
import type { Database } from './database.ts';

/** An entry that the log has forgotten and a destination has not taken. */
export interface RelayBacklogRow {
  log_id: string;
  seq: number;
  reason: string;
  /** A JSON array of the ids of the sessions that ended by it. */
  sessions: string;
  /** How many they are. */
  events: number;
}

/** What a row of `log_entries`, named `e`, has for relays: the sessions that it ended, and their number. */
export const endsSessions = sql<boolean>`(e.ended is not null or (e.subject_kind = 'session' and e.action = 'reject'))`;
export const sessionsOfEntry = sql<string>`coalesce(e.ended, '["' || e.subject || '"]')`;

/** Keeps the entries up to a position that a destination has not taken. Call it before they are deleted. */
export async function keepForRelays({ kysely, engine }: Database, upTo: number): Promise<void> {
  const list = engine === 'sqlite' ? sql`e.ended` : sql`e.ended::json`;
  await sql`
    insert into relay_backlog (log_id, seq, reason, sessions, events)
    select h.log_id, e.seq, e.reason, ${sessionsOfEntry},
      case when e.ended is null then 1 else json_array_length(${list}) end
    from log_head h, log_entries e
    where e.seq <= ${upTo}
      and e.seq > (select min(r.position) from relays r where r.log_id = h.log_id)
      and ${endsSessions}`.execute(kysely);
}
