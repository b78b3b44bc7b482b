import { sql } from 'kysely';
import type { SessionId } from '../../../kernel/ids.ts';
import type { RelayStore } from '../../../log/relay/store.ts';
import type { Database } from './database.ts';
import { parseTexts } from './json.ts';
import { endsSessions, sessionsOfEntry } from './relay-backlog.ts';

/** How far a destination has taken a log. */
export interface RelayRow {
  destination: string;
  log_id: string;
  position: number;
  dropped: number;
  /** When a server last said that it uses the destination. */
  seen_time: number;
}

/** The relays of the log in SQL. */
export function sqlRelays(database: Database): RelayStore {
  const { kysely, engine } = database;
  const head = () => kysely.selectFrom('log_head').select(['head', 'log_id']).executeTakeFirstOrThrow();

  return {
    async list(destination) {
      const rows = await kysely
        .selectFrom('relays')
        .select(['log_id as log', 'position', 'dropped'])
        .where('destination', '=', destination)
        .execute();
      return rows.map(({ log, position, dropped }) => ({ log, position, dropped }));
    },

    async entries(log, after, limit) {
      // One statement: between two, an entry could move from the one table to the other.
      const { rows } = await sql<{ seq: number; reason: string; sessions: string }>`
        select b.seq, b.reason, b.sessions from relay_backlog b where b.log_id = ${log} and b.seq > ${after}
        union all
        select e.seq, e.reason, ${sessionsOfEntry} from log_entries e
        where (select log_id from log_head) = ${log} and e.seq > ${after} and ${endsSessions}
        order by 1 limit ${limit}`.execute(kysely);
      return rows.map(({ seq, reason, sessions }) => ({
        seq,
        reason,
        sessions: parseTexts(sessions) as SessionId[],
      }));
    },

    async waiting(destination) {
      const list = engine === 'sqlite' ? sql`e.ended` : sql`e.ended::json`;
      const { rows } = await sql<{ events: number }>`
        select coalesce(sum(events), 0) as events from (
          select b.events from relay_backlog b join relays r
            on r.destination = ${destination} and r.log_id = b.log_id and b.seq > r.position
          union all
          select case when e.ended is null then 1 else json_array_length(${list}) end from log_entries e
            join log_head h on h.id = 1
            join relays r on r.destination = ${destination} and r.log_id = h.log_id and e.seq > r.position
          where ${endsSessions}
        ) as left_over`.execute(kysely);
      return Number(rows[0]!.events);
    },

    async register(destination, now) {
      const { log_id } = await head();
      await kysely
        .insertInto('relays')
        .values({ destination, log_id, position: 0, dropped: 0, seen_time: now })
        .onConflict((conflict) => conflict.columns(['destination', 'log_id']).doNothing())
        .execute();
      await kysely
        .updateTable('relays')
        .set({ seen_time: now })
        .where('destination', '=', destination)
        .execute();
    },

    async advance(destination, log, position) {
      await kysely
        .updateTable('relays')
        .set({ position })
        .where('destination', '=', destination)
        .where('log_id', '=', log)
        .where('position', '<', position)
        .execute();
      await sql`delete from relay_backlog where log_id = ${log}
        and seq <= coalesce((select min(position) from relays where log_id = ${log}), ${position})`.execute(
        kysely,
      );
    },

    async drop(destination, most, limit) {
      const { head: last, log_id: log } = await head();
      const rows = await kysely
        .selectFrom('relay_backlog')
        .select(['seq', 'events'])
        .where('log_id', '=', log)
        .where('seq', '<=', last - most)
        .orderBy('seq')
        .limit(limit)
        .execute();
      const upTo = rows.at(-1)?.seq;
      if (upTo === undefined) return { entries: 0, events: 0 };
      const behind = await kysely
        .selectFrom('relays')
        .select(['destination', 'position'])
        .where('log_id', '=', log)
        .where('position', '<', upTo)
        .execute();
      let own = 0;
      for (const relay of behind) {
        const lost = rows.filter(({ seq }) => seq > relay.position);
        const events = lost.reduce((sum, row) => sum + row.events, 0);
        await kysely
          .updateTable('relays')
          .set((eb) => ({ position: upTo, dropped: eb('dropped', '+', events) }))
          .where('destination', '=', relay.destination)
          .where('log_id', '=', log)
          .execute();
        if (relay.destination === destination) own = events;
      }
      await kysely.deleteFrom('relay_backlog').where('log_id', '=', log).where('seq', '<=', upTo).execute();
      return { entries: rows.length, events: own };
    },

    async forget({ after, upTo }) {
      await sql`delete from relays where seen_time < ${after} or seen_time > ${upTo}`.execute(kysely);
      await sql`delete from relay_backlog where log_id not in (select log_id from relays)`.execute(kysely);
    },
  };
}
