import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { AccountId, SessionId } from '../../../kernel/ids.ts';
import type { Entry, NewEntry, Subject } from '../../../log/entry.ts';
import type { LogStore } from '../../../log/store.ts';
import type { Database } from './database.ts';
import { readEntriesText } from './entries-text.ts';
import { parseTexts } from './json.ts';
import { keepForRelays } from './relay-backlog.ts';

/** An entry. Times are Unix seconds. */
export interface LogEntryRow {
  seq: number;
  subject_kind: 'session' | 'user' | 'site' | 'key' | 'all';
  subject: string;
  action: 'reject' | 'refresh';
  reason: string;
  /** A JSON array of the ids of the sessions that ended by it; null in an entry about one session. */
  ended: string | null;
  at: number;
  expires_at: number;
}

/** The one row of its table. A transaction that writes it holds the log until its commit. */
export interface LogHeadRow {
  id: 1;
  head: number;
  pruned: number;
  /** The latest position that followers were asked to confirm. */
  asked: number;
  /** How often a session's data was changed, which has no entry. Counted on SQLite only. */
  data_changes: number;
  /** Names this log. A restore of the database that is noticed begins a log with another name. */
  log_id: string;
}

/** The PostgreSQL channel on which each commit that appends or asks sends the head, and the position asked for. */
export const logChannel = 'latchkey_log';

/** Between two batches of entries everything but other writers of an SQLite file has its turn. */
const insertBatch = 250;

/**
 * The revocation log in SQL. Calls `onAppend` with the new head, and the position that followers are asked to confirm,
 * before the commit.
 */
export function sqlLog(
  database: Database,
  onAppend: (head: number, asked?: number) => void = () => {},
): LogStore {
  const { kysely, engine } = database;
  const selectHead = () => kysely.selectFrom('log_head').select(['head', 'pruned', 'asked', 'log_id']);

  return {
    async state() {
      const { head, pruned, asked, log_id: id } = await selectHead().executeTakeFirstOrThrow();
      return { head, pruned, asked, log: id };
    },

    async list(after, limit) {
      const rows = await kysely
        .selectFrom('log_entries')
        .selectAll()
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute();
      return rows.map(toEntry);
    },

    listText: (after, limit) => readEntriesText(database, after, limit),

    async actionsAbout(subjects, after) {
      const rows = await kysely
        .selectFrom('log_entries')
        .select('action')
        .distinct()
        .where('seq', '>', after)
        .where((eb) =>
          eb.or(
            subjects
              .map(splitSubject)
              .map(({ kind, value }) => eb.and({ subject_kind: kind, subject: value })),
          ),
        )
        .execute();
      return rows.map((row) => row.action);
    },

    async append(entries, at, expiresAt) {
      // The row stays locked until the commit, so that later positions are committed later.
      const { head } = await kysely
        .updateTable('log_head')
        .set((eb) => ({ head: eb('head', '+', entries.length) }))
        .returning('head')
        .executeTakeFirstOrThrow();
      const first = head - entries.length + 1;
      const rows = entries.map((entry, i) => toRow(entry, first + i, at, expiresAt));
      for (let i = 0; i < rows.length; i += insertBatch) {
        if (i > 0) await turn();
        await kysely
          .insertInto('log_entries')
          .values(rows.slice(i, i + insertBatch))
          .execute();
      }
      if (engine === 'postgres') await sql`select pg_notify(${logChannel}, ${String(head)})`.execute(kysely);
      onAppend(head);
      return head;
    },

    async ask(position) {
      const { head, asked } = await kysely
        .updateTable('log_head')
        .set((eb) => ({
          asked: eb.case().when('asked', '<', position).then(position).else(eb.ref('asked')).end(),
        }))
        .returning(['head', 'asked'])
        .executeTakeFirstOrThrow();
      if (engine === 'postgres') {
        await sql`select pg_notify(${logChannel}, ${`${head} ${asked}`})`.execute(kysely);
      }
      onAppend(head, asked);
    },

    async restart(head) {
      const id =
        engine === 'sqlite'
          ? sql`lower(hex(randomblob(16)))`
          : sql`replace(gen_random_uuid()::text, '-', '')`;
      await keepForRelays(database, Number.MAX_SAFE_INTEGER);
      await kysely.deleteFrom('log_entries').execute();
      await sql`update log_head set head = ${head}, pruned = ${head}, asked = ${head}, log_id = ${id}`.execute(
        kysely,
      );
      await kysely.updateTable('followers').set({ position: 0 }).execute();
      onAppend(head);
    },

    async prune(now, limit, ahead = Number.MAX_SAFE_INTEGER) {
      const { head, pruned } = await selectHead()
        .$if(engine === 'postgres', (query) => query.forUpdate())
        .executeTakeFirstOrThrow();
      // Only the first ones are looked at: a log with a million expired entries would be searched at each step.
      const first = kysely
        .selectFrom('log_entries')
        .select(['seq', 'at', 'expires_at'])
        .orderBy('seq')
        .limit(limit);
      const kept = await kysely
        .selectFrom(first.as('first'))
        .select((eb) => eb.fn.min('seq').as('seq'))
        .where('expires_at', '>=', now)
        .where('at', '<=', ahead)
        .$castTo<{ seq: number | null }>()
        .executeTakeFirstOrThrow();
      const upTo = Math.min(kept.seq === null ? head : kept.seq - 1, pruned + limit);
      if (upTo <= pruned) return 0;
      await keepForRelays(database, upTo);
      await kysely.updateTable('log_head').set({ pruned: upTo }).execute();
      const result = await kysely.deleteFrom('log_entries').where('seq', '<=', upTo).executeTakeFirst();
      return Number(result.numDeletedRows);
    },
  };
}

function toRow(entry: NewEntry, seq: number, at: number, expiresAt: number): LogEntryRow {
  const { kind, value } = splitSubject(entry.subject);
  const { action, reason, sessions } = entry;
  const ended = sessions === undefined ? null : JSON.stringify(sessions);
  return { seq, subject_kind: kind, subject: value, action, reason, ended, at, expires_at: expiresAt };
}

function splitSubject(subject: Subject): { kind: LogEntryRow['subject_kind']; value: string } {
  if ('session' in subject) return { kind: 'session', value: subject.session };
  if ('user' in subject) return { kind: 'user', value: subject.user };
  if ('site' in subject) return { kind: 'site', value: subject.site };
  if ('key' in subject) return { kind: 'key', value: subject.key };
  return { kind: 'all', value: '' };
}

/** Spelled out: computed names would give a million entries as many shapes of objects. */
function subjectOf({ subject_kind: kind, subject }: LogEntryRow): Subject {
  if (kind === 'session') return { session: subject as SessionId };
  if (kind === 'user') return { user: subject as AccountId };
  if (kind === 'site') return { site: subject };
  return kind === 'key' ? { key: subject } : { all: true };
}

/** The entry that a row holds. */
export function toEntry(row: LogEntryRow): Entry {
  const entry: Entry = {
    seq: row.seq,
    at: row.at,
    subject: subjectOf(row),
    action: row.action,
    reason: row.reason,
    expiresAt: row.expires_at,
  };
  return row.ended === null ? entry : { ...entry, sessions: parseTexts(row.ended) as SessionId[] };
}
