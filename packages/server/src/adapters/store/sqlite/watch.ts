import type { SqliteConnection } from './connection.ts';

/** How often the file is looked at for commits of other processes. Milliseconds. */
const interval = 50;

/** Tells the log's head, and what is asked of verifiers, whenever any connection has committed something. Returns what stops it. */
export function watchHead(
  reader: SqliteConnection,
  moved: (head: number, asked: number) => void,
): () => void {
  const version = reader.prepare('pragma data_version');
  let seen: unknown;
  const timer = setInterval(look, interval).unref();

  function look() {
    let row: Record<string, unknown> | undefined;
    try {
      const now = version.get()?.data_version;
      if (now === seen) return;
      row = reader.prepare('select head, asked from log_head').get();
      seen = now;
    } catch {
      return; // The file may be missing or not migrated yet. Whoever reads the log is told why.
    }
    if (row !== undefined) moved(Number(row.head), Number(row.asked));
  }

  return () => clearInterval(timer);
}
