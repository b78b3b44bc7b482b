import type { StatementSync } from 'node:sqlite';
import type { SqliteConnection } from './connection.ts';

/** How often the file is checked for commits of other processes. Milliseconds. */
const interval = 50;

/**
 * Calls `emit` with the log's head, and the position that followers are asked to confirm, after commits of any
 * connection. Before each look it calls `before`, after which `current` may be another connection. Returns what stops it.
 */
export function watchHead(
  current: () => SqliteConnection,
  before: () => void,
  emit: (head: number, asked: number) => void,
): () => void {
  let reader: SqliteConnection | undefined;
  let version: StatementSync | undefined;
  let seen: unknown;
  const timer = setInterval(check, interval).unref();

  function check() {
    before();
    let row: Record<string, unknown> | undefined;
    try {
      if (reader !== current()) {
        reader = current();
        version = reader.prepare('pragma data_version');
        seen = undefined;
      }
      const now = version!.get()?.data_version;
      if (now === seen) return;
      row = reader.prepare('select head, asked from log_head').get();
      seen = now;
    } catch {
      return; // The file may be missing or not migrated yet. Reading the log says why.
    }
    if (row !== undefined) emit(Number(row.head), Number(row.asked));
  }

  return () => clearInterval(timer);
}
