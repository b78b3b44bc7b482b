import { setImmediate as turn } from 'node:timers/promises';
import { sql } from 'kysely';
import { AppError } from '../../../kernel/errors.ts';
import type { AccountId, SessionId } from '../../../kernel/ids.ts';
import type { Entry, NewEntry, Subject } from '../../../log/entry.ts';
import type { LogState, LogStore } from '../../../log/store.ts';
import { appendAtOnce, appendRows, logChannel, type NewRow } from './append.ts';
import type { Database } from './database.ts';
import { readEntriesText } from './entries-text.ts';
import { sqlRestarts } from './former-logs.ts';
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

/** Between two batches of entries everything but other writers of an SQLite file has its turn. */
const appendBatch = 250;

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

  async function find(): Promise<LogState | undefined> {
    try {
      const row = await selectHead().executeTakeFirst();
      return row && { head: row.head, pruned: row.pruned, asked: row.asked, log: row.log_id };
    } catch (error) {
      if (isMissingTable(error)) return undefined;
      throw error;
    }
  }

  return {
    ...sqlRestarts(database, onAppend),
    find,

    async state() {
      const state = await find();
      if (state !== undefined) return state;
      const cause = new Error(
        'the database has no revocation log: a backup is being restored, or was in part',
      );
      throw new AppError('UNAVAILABLE', { retryAfter: 1, cause });
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
      let head = 0;
      for (let i = 0; i < entries.length; i += appendBatch) {
        if (i > 0) await turn();
        const rows = entries.slice(i, i + appendBatch).map((entry) => toRow(entry, at, expiresAt));
        const last = i + appendBatch >= entries.length;
        head = await (engine === 'postgres' ? appendAtOnce(kysely, rows, last) : appendRows(kysely, rows));
      }
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

function toRow(entry: NewEntry, at: number, expiresAt: number): NewRow {
  const { kind, value } = splitSubject(entry.subject);
  const { action, reason, sessions } = entry;
  const ended = sessions === undefined ? null : JSON.stringify(sessions);
  return { subject_kind: kind, subject: value, action, reason, ended, at, expires_at: expiresAt };
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

/** Whether an error, or what caused it, says that the table does not exist. */
function isMissingTable(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (/^(42P01|3F000)$/.test(String((at as { code?: unknown }).code))) return true;
    if (at.message.startsWith('no such table: log_head')) return true;
  }
  return false;
}
