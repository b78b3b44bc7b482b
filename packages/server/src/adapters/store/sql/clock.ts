import { sql } from 'kysely';
import type { ClockStore } from '../../../kernel/clock/store.ts';
import type { Database } from './database.ts';
import { settleTimes } from './settle-times.ts';

/** One row: what was found out about the clock. Unix milliseconds. */
export interface ClockRow {
  id: 1;
  /** The latest time that was known to be stored when the clock was set back. */
  latest: number;
  /** The time on the clock then; null while it is not behind. */
  set_back_to: number | null;
}

/** What is known about the clock, in SQL. */
export function sqlClock(database: Database): ClockStore {
  const { kysely } = database;
  return {
    async find() {
      // Each is the end of an index. A process that wrote and died may have told nothing itself.
      const { rows } = await sql<{ [Name in 'opened' | 'logged' | 'mailed']: number | null } & ClockRow>`
        select latest, set_back_to,
          (select max(open_time) from sessions) as opened,
          (select at from log_entries order by seq desc limit 1) as logged,
          (select max(create_time) from mails) as mailed
        from clock`.execute(kysely);
      const { latest, set_back_to: to, opened, logged, mailed } = rows[0]!;
      const newest = Math.max(latest, opened ?? 0, (logged ?? 0) * 1000, mailed ?? 0);
      return { latest: newest, ...(to !== null && { to }) };
    },

    async save(setBack) {
      await kysely
        .updateTable('clock')
        .set(setBack ? { latest: setBack.latest, set_back_to: setBack.to } : { set_back_to: null })
        .execute();
    },

    settle: (range, limit) => settleTimes(database, range, limit),
  };
}
