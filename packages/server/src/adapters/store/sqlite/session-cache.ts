import { heapSizeOf } from '../../../kernel/heap-size.ts';
import type { SessionId } from '../../../kernel/ids.ts';
import { SizedCache } from '../../../kernel/sized-cache.ts';
import type { SessionMoment } from '../../../sessions/session.ts';
import type { SqliteConnection } from './connection.ts';
import { rethrow } from './errors.ts';

/** Sessions that were found and have not changed since. */
export interface SessionCache {
  /** The session as it is committed now, read from the database unless it is cached. */
  find(id: SessionId): Promise<SessionMoment | undefined>;
  /** Call it after each commit. `ids` are the sessions that were changed without an entry in the log. */
  noteCommit(ids: Iterable<SessionId>): void;
  /** How many bytes the sessions take at most. */
  readonly bytes: number;
  close(): void;
}

type Known = Omit<SessionMoment, 'rev'> & { rev: number };

/** How much the sessions may take together, by `sizeOf`. Bytes. */
const maxBytes = 64 * 1024 * 1024;
/** What a session takes besides what its account and applications chose to store. Bytes. */
const baseSize = 4096;
/** With more new entries than this, emptying the cache is as quick as going through them. */
const maxBehind = 500;
/** How old a change without an entry can be before it is seen, such as a use that another process stored. Milliseconds. */
const maxAge = 30_000;

/**
 * Keeps sessions in memory, and answers from there only what is committed: every change of what a session shows puts
 * an entry in the log, in the same transaction, whichever process makes it. So a look-up reads the log's head, the
 * cheapest thing there is to read, and where it has moved, drops what the new entries are about. A session's data puts no
 * entry in the log, because no token holds it: its changes are counted beside the head.
 *
 * The head is read once in a turn of the event loop: all requests of one turn had arrived before it, so a change that
 * another process makes after the reading was made while they were under way. Own commits are seen at once.
 */
export function createSessionCache(
  reader: SqliteConnection,
  read: (id: SessionId) => Promise<SessionMoment | undefined>,
): SessionCache {
  const cache = new SizedCache<SessionId, Known>(maxBytes);
  let position = -1;
  let dataChanges = -1;
  const timer = setInterval(() => cache.turn(), maxAge / 2).unref();
  let upToDate = false;
  let statements: ReturnType<typeof prepare> | undefined;

  function prepare() {
    const head = reader.prepare('select head, data_changes from log_head');
    const news = reader.prepare(
      `select subject_kind, subject from log_entries where seq > ? order by seq limit ${maxBehind + 1}`,
    );
    head.setReturnArrays(true);
    return { head, news };
  }

  /** Drops the sessions that entries up to the log's head are about. Returns the head. */
  function catchUp(): number {
    if (upToDate) return position;
    statements ??= prepare();
    const [head, changes] = statements.head.get() as unknown as [number, number];
    if (changes !== dataChanges) {
      // Which sessions' data it was is not known. It changes far less often than sessions are read.
      cache.clear();
      dataChanges = changes;
    }
    if (head !== position) {
      const entries = statements.news.all(position) as { subject_kind: string; subject: string }[];
      // Fewer entries than positions: some have been pruned. Entries beyond the head are read again the next time, which does no harm.
      // A head that has gone back is that of a restored backup.
      if (position < 0 || head < position || entries.length > maxBehind || entries.length < head - position)
        cache.clear();
      else for (const { subject_kind: kind, subject } of entries) drop(kind, subject);
      position = head;
    }
    upToDate = true;
    setImmediate(() => {
      upToDate = false;
    });
    return head;
  }

  function drop(kind: string, subject: string): void {
    if (kind === 'session') cache.delete(subject as SessionId);
    else if (kind === 'user') cache.deleteWhere(({ user }) => user.id === subject);
    else cache.clear();
  }

  return {
    async find(id) {
      let head: number;
      try {
        head = catchUp();
      } catch (error) {
        rethrow(error);
      }
      const known = cache.get(id);
      if (known !== undefined) {
        // Nothing of it has changed up to the head, so it is right for that position too.
        known.rev = head;
        return known;
      }
      const moment = await read(id);
      if (moment?.rev === position && moment.session.closeTime === undefined) {
        cache.set(id, moment, sizeOf(moment));
      }
      return moment;
    },
    noteCommit(ids) {
      upToDate = false;
      for (const id of ids) cache.delete(id);
    },
    get bytes() {
      return cache.bytes;
    },
    close: () => clearInterval(timer),
  };
}

/**
 * The memory that a session takes at most, in bytes: with the JSON text of it that is kept after its first answer, in
 * which a character may take two.
 */
function sizeOf({ session: { data }, user }: SessionMoment): number {
  const { settings, customHdr, customDat, roles, sites } = user;
  const chosen = [data, settings, customHdr, customDat, roles, sites];
  return baseSize + heapSizeOf(chosen) + 2 * JSON.stringify(chosen).length;
}
