import { type Kysely, sql } from 'kysely';
import type { Tables } from './database.ts';
import type { LogEntryRow } from './log.ts';

/** The PostgreSQL channel on which each commit that appends or asks sends the head, and the position asked for. */
export const logChannel = 'latchkey_log';

/** An entry that has no position yet. */
export type NewRow = Omit<LogEntryRow, 'seq'>;

/**
 * Appends the rows and returns the new head. The row of the head stays locked until the commit, so that later positions are
 * committed later.
 */
export async function appendRows(kysely: Kysely<Tables>, rows: readonly NewRow[]): Promise<number> {
  const { head } = await kysely
    .updateTable('log_head')
    .set((eb) => ({ head: eb('head', '+', rows.length) }))
    .returning('head')
    .executeTakeFirstOrThrow();
  const first = head - rows.length + 1;
  await kysely
    .insertInto('log_entries')
    .values(rows.map((row, i) => ({ seq: first + i, ...row })))
    .execute();
  return head;
}

/**
 * As `appendRows`, and tells the other processes with the `last` rows of a transaction: on PostgreSQL by one statement, so
 * that the log is held for two round trips, its own and that of the commit.
 */
export async function appendAtOnce(
  kysely: Kysely<Tables>,
  rows: readonly NewRow[],
  last: boolean,
): Promise<number> {
  const tell = last ? sql`, pg_notify(${logChannel}, head::text)` : sql``;
  const { rows: found } = await sql<{ head: number }>`with
      moved as (update log_head set head = head + ${rows.length} returning head),
      placed as (
        insert into log_entries (seq, subject_kind, subject, action, reason, ended, at, expires_at)
        select moved.head - ${rows.length} + new.n, subject_kind, subject, action, reason, ended, at, expires_at
        from moved, rows from (json_to_recordset(${JSON.stringify(rows)}::json)
          as (subject_kind text, subject text, action text, reason text, ended text, at bigint, expires_at bigint)
        ) with ordinality as new (subject_kind, subject, action, reason, ended, at, expires_at, n)
      )
    select head${tell} from moved`.execute(kysely);
  return found[0]!.head;
}
