import { existsSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { says } from './errors.ts';

/** The file at the path: the one that was opened; none; another one; or the same one, written by another program. */
export type FileState = 'same' | 'gone' | 'other' | 'overwritten';

/** Knows the file that was opened. */
export interface FileGuard {
  look(): FileState;
  /** Whether the file at the path is no longer being written, as far as two looks tell. */
  isAtRest(): boolean;
  /**
   * What is at the path is to be opened next. Takes away what SQLite keeps beside the file that was opened, unless it is
   * that file again: SQLite would lay it over the other one. `close` closes the connections.
   */
  makeWay(close: () => void): void;
}

/** The end of the log as the file alone has it; undefined where it has none. */
type Written = { readonly log: string; readonly head: number } | undefined;

/** For so long a file that was put there must not have changed before it is opened. Milliseconds. */
const restTime = 300;

/** SQLite's result codes of a file that is no database of ours: no such table, malformed, not a database. */
const notOurs = [1, 11, 26];

/** Where an overwritten file is while its connections are closed. */
const asideOf = (file: string) => `${file}-restored`;

/** Puts back a file that a process had set aside when it was killed. Call it before the file is opened. */
export function recoverFile(file: string): void {
  if (existsSync(file) || !existsSync(asideOf(file))) return;
  removeBeside(file);
  renameSync(asideOf(file), file);
}

/** Guards the file, which was just opened and has its write-ahead log beside it. */
export function guardFile(file: string): FileGuard {
  const opened = statSync(file);
  let beside = statOf(`${file}-wal`);
  let seen = opened;
  let written = tryToRead();
  let resting: { readonly stats: Stats; readonly since: number } | undefined;

  function tryToRead(): Written {
    try {
      return readWritten(file);
    } catch {
      return undefined; // The first look at a changed file tries again.
    }
  }

  /** SQLite writes the file only by checkpoints, and they never take its log back. */
  function isOverwritten(now: Stats): boolean {
    if (isUnchanged(now, seen)) return false;
    let next: Written;
    try {
      next = readWritten(file);
    } catch {
      return false; // It cannot be read now, which says nothing. The next look tries again.
    }
    if (written !== undefined && (next?.log !== written.log || next.head < written.head)) return true;
    seen = now;
    written = next;
    return false;
  }

  function look(): FileState {
    const now = statOf(file);
    if (now === undefined) return 'gone';
    if (!isSame(now, opened)) return 'other';
    return isOverwritten(now) ? 'overwritten' : 'same';
  }

  return {
    look,

    isAtRest() {
      const stats = statOf(file);
      if (stats === undefined) return false;
      const time = performance.now();
      if (resting === undefined || !isSame(stats, resting.stats) || !isUnchanged(stats, resting.stats))
        resting = { stats, since: time };
      return time - resting.since >= restTime;
    },

    makeWay(close) {
      const state = look();
      // SQLite does not write into a file that is not at its path when it closes it.
      if (state === 'overwritten') renameSync(file, asideOf(file));
      close();
      if (state === 'overwritten') recoverFile(file);
      else if (state === 'other' && isSame(statOf(`${file}-wal`), beside)) removeBeside(file);
      // Now that it is closed, its number may be given to another file.
      beside = undefined;
    },
  };
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

function isSame(a: Stats | undefined, b: Stats | undefined): boolean {
  return a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;
}

function isUnchanged(a: Stats, b: Stats): boolean {
  return a.mtimeMs === b.mtimeMs && a.size === b.size;
}

function removeBeside(file: string): void {
  for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
}

/** Reads the file as it is, past the write-ahead log. Throws when it cannot be read. */
function readWritten(file: string): Written {
  const url = pathToFileURL(file);
  url.searchParams.set('immutable', '1');
  const database = new DatabaseSync(url, { readOnly: true });
  try {
    const row = database.prepare('select log_id, head from log_head').get();
    return row && { log: String(row.log_id), head: Number(row.head) };
  } catch (error) {
    if (says(error, notOurs)) return undefined;
    throw error;
  } finally {
    database.close();
  }
}
