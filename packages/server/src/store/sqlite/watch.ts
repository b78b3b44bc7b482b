import type { SqliteConnection } from './connection.ts';

/** How often the file is looked at for commits of other processes. Milliseconds. */
const interval = 50;

/** Tells the log's head whenever any connection has committed something. Returns what stops it. */
export function watchHead(reader: SqliteConnection, moved: (head: number) => void): () => void {
  const version = reader.prepare('pragma data_version');
  let seen: unknown;
  const timer = setInterval(look, interval).unref();

  function look() {
    let head: unknown;
    try {
      const now = version.get()?.data_version;
      if (now === seen) return;
      head = reader.prepare('select head from revocation_log').get()?.head;
      seen = now;
    } catch {
      return; // The file may be missing or not migrated yet. Whoever reads the log is told why.
    }
    if (typeof head === 'number') moved(head);
  }

  return () => clearInterval(timer);
}
