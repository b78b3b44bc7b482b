import { type RawBuilder, sql } from 'kysely';
import { maxSkew } from '../../../kernel/clock/clock.ts';
import type { FollowerStore } from '../../../log/followers/store.ts';
import type { Database } from './database.ts';

/** Times are by the database's own clock. */
export interface FollowerRow {
  service: string;
  id: string;
  kind: 'stream' | 'poll';
  /** The server process that heard of it last. */
  instance: string;
  position: number;
  /** Milliseconds for which it decides by itself without contact. */
  staleness: number;
  report_time: number;
  contact_time: number;
  live_until: number;
}

const saveBatch = 500;

/** Followers in SQL. */
export function sqlFollowers({ kysely, engine }: Database): FollowerStore {
  const now: RawBuilder<number> =
    engine === 'sqlite'
      ? sql`cast(unixepoch('subsec') * 1000 as integer)`
      : sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

  /** The latest that a follower can count as connected, for the skew of clocks a little later. */
  const longestLife = (longest: number) => sql<number>`${now} + staleness + ${milliseconds(longest)}`;
  const isAhead = (longest: number) =>
    sql<boolean>`(live_until > ${longestLife(longest + maxSkew)} or contact_time > ${now} + ${milliseconds(maxSkew)})`;

  return {
    async isAnyAhead(longest) {
      const row = await kysely
        .selectFrom('followers')
        .select('id')
        .where(isAhead(longest))
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async moveBack(longest) {
      const atMost = (column: string, most: RawBuilder<number>) =>
        sql<number>`case when ${sql.ref(column)} > ${most} then ${most} else ${sql.ref(column)} end`;
      await kysely
        .updateTable('followers')
        .set({
          live_until: atMost('live_until', longestLife(longest)),
          contact_time: atMost('contact_time', now),
          report_time: atMost('report_time', now),
        })
        .where(isAhead(longest))
        .execute();
    },

    async list() {
      const rows = await kysely
        .selectFrom('followers')
        .innerJoin('services', 'services.name', 'followers.service')
        .select(['service', 'id', 'kind', 'position', 'contact_time', 'live_until', now.as('now')])
        .execute();
      return rows
        .map((row) => ({
          service: row.service,
          id: row.id,
          kind: row.kind,
          position: row.position,
          connected: row.live_until > row.now,
          contactAge: Math.max(0, row.now - row.contact_time),
        }))
        .sort((a, b) => (a.service === b.service ? (a.id < b.id ? -1 : 1) : a.service < b.service ? -1 : 1));
    },

    async save(instance, sightings) {
      for (let i = 0; i < sightings.length; i += saveBatch) {
        const rows = sightings.slice(i, i + saveBatch).map((sighting) => ({
          service: sighting.service,
          id: sighting.id,
          kind: sighting.kind,
          instance: sighting.held ? instance : '',
          position: sighting.position ?? 0,
          staleness: sighting.staleness,
          report_time: now,
          contact_time: now,
          live_until: sql<number>`${now} + ${milliseconds(sighting.liveFor)}`,
        }));
        await kysely
          .insertInto('followers')
          .values(rows)
          .onConflict((conflict) =>
            conflict.columns(['service', 'id']).doUpdateSet({
              kind: sql`case when excluded.instance = '' then followers.kind else excluded.kind end`,
              instance: sql`case when excluded.instance = '' then followers.instance else excluded.instance end`,
              position: sql`case when excluded.kind = 'poll' or excluded.position > followers.position
                then excluded.position else followers.position end`,
              staleness: sql`excluded.staleness`,
              report_time: sql`excluded.report_time`,
              contact_time: sql`excluded.contact_time`,
              live_until: sql`case when excluded.live_until > followers.live_until
                then excluded.live_until else followers.live_until end`,
            }),
          )
          .execute();
      }
    },

    async end(leavings, instance) {
      for (const { service, id, liveFor } of leavings) {
        const until = sql<number>`${now} + ${milliseconds(liveFor)}`;
        let query = kysely
          .updateTable('followers')
          .set({ live_until: until })
          .where('service', '=', service)
          .where('id', '=', id)
          .where('live_until', '>', until);
        if (instance !== undefined) query = query.where('instance', '=', instance);
        await query.execute();
      }
    },

    async renew(instance, liveFor, silence) {
      await kysely
        .updateTable('followers')
        .set({
          contact_time: now,
          live_until: sql`${now} + staleness + ${milliseconds(liveFor)}`,
        })
        .where('instance', '=', instance)
        .where('kind', '=', 'stream')
        .where('live_until', '>', now)
        .where((eb) =>
          eb.or([
            eb('report_time', '>', sql<number>`${now} - ${milliseconds(silence)}`),
            eb('staleness', '=', 0),
          ]),
        )
        .execute();
    },

    async prune(goneFor) {
      const before = sql<number>`${now} - ${milliseconds(goneFor)}`;
      const result = await kysely
        .deleteFrom('followers')
        .where('live_until', '<', before)
        .where((eb) =>
          eb.or([
            eb.not(
              eb.exists(eb.selectFrom('services').select('name').whereRef('name', '=', 'followers.service')),
            ),
            eb.exists(
              eb
                .selectFrom('followers as later')
                .select('later.id')
                .whereRef('later.service', '=', 'followers.service')
                .where((of) =>
                  of.or([
                    of('later.live_until', '>', of.ref('followers.live_until')),
                    of.and([
                      of('later.live_until', '=', of.ref('followers.live_until')),
                      of('later.id', '>', of.ref('followers.id')),
                    ]),
                  ]),
                ),
            ),
          ]),
        )
        .executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

/** Written into the statement: PostgreSQL could not infer the type of a parameter here. */
function milliseconds(value: number): RawBuilder<number> {
  return sql.lit(Math.round(value));
}
