import { sql } from 'kysely';
import { AppError } from '../../../kernel/errors.ts';
import type { LogStore } from '../../../log/store.ts';
import type { Database, Flag } from './database.ts';
import { keepForRelays } from './relay-backlog.ts';

/** A log that the present one has replaced. */
export interface FormerLogRow {
  log_id: string;
  /** When a process noticed that a backup was restored. */
  end_time: number;
  /** Whether sessions from before are still to be closed. */
  closing: Flag;
  /** How many were closed. */
  closed: number;
}

type Restarts = Pick<
  LogStore,
  'lock' | 'restart' | 'isFormer' | 'lastRestart' | 'lockClosing' | 'countClosed'
>;

/** The part of the log's store that begins another log. `onAppend` is called as `sqlLog` says. */
export function sqlRestarts(database: Database, onAppend: (head: number) => void): Restarts {
  const { kysely, engine } = database;
  const newId =
    engine === 'sqlite'
      ? sql<string>`lower(hex(randomblob(16)))`
      : sql<string>`replace(gen_random_uuid()::text, '-', '')`;

  /** A restore loads tables one by one, and adds their references when all are loaded. */
  async function lockSessions(): Promise<void> {
    const { rows } = await sql`
      select 1 from pg_constraint where conrelid = to_regclass('sessions') and contype = 'f'`.execute(kysely);
    if (rows.length === 0) {
      const cause = new Error('a backup is being restored: the tables are not complete yet');
      throw new AppError('UNAVAILABLE', { retryAfter: 1, cause });
    }
    // Before the log, as everybody who ends a session does. Waits for a restore that is loading them.
    await sql`lock table sessions in share mode`.execute(kysely);
  }

  return {
    async lock() {
      if (engine === 'postgres') await lockSessions();
      await kysely
        .selectFrom('log_head')
        .select('id')
        .$if(engine === 'postgres', (query) => query.forUpdate())
        .executeTakeFirst();
    },

    async restart(head, former, now) {
      await keepForRelays(database, Number.MAX_SAFE_INTEGER);
      await kysely.deleteFrom('log_entries').execute();
      const row = { end_time: now, closing: 1 as const, closed: 0 };
      await kysely
        .insertInto('former_logs')
        .values([...new Set(former)].map((log) => ({ log_id: log, ...row })))
        .onConflict((on) => on.column('log_id').doUpdateSet(row))
        .execute();
      await kysely.updateTable('log_head').set({ head, pruned: head, asked: head, log_id: newId }).execute();
      await kysely.updateTable('followers').set({ position: 0 }).execute();
      onAppend(head);
    },

    async isFormer(log) {
      const row = await kysely
        .selectFrom('former_logs')
        .select('log_id')
        .where('log_id', '=', log)
        .executeTakeFirst();
      return row !== undefined;
    },

    async lastRestart() {
      const row = await kysely
        .selectFrom('former_logs')
        .select((eb) => ['end_time', eb.fn.max('closed').as('closed'), eb.fn.max('closing').as('closing')])
        .groupBy('end_time')
        .orderBy('end_time', 'desc')
        .executeTakeFirst();
      return row && { time: row.end_time, closed: row.closed, closing: row.closing === 1 };
    },

    async lockClosing() {
      const row = await kysely
        .selectFrom('former_logs')
        .select('log_id')
        .where('closing', '=', 1)
        .$if(engine === 'postgres', (query) => query.forUpdate())
        .executeTakeFirst();
      return row !== undefined;
    },

    async countClosed(count, done) {
      await kysely
        .updateTable('former_logs')
        .set((eb) => ({ closed: eb('closed', '+', count), closing: done ? 0 : 1 }))
        .where('closing', '=', 1)
        .execute();
    },
  };
}
