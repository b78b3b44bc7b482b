import { statSync } from 'node:fs';
import type { Kysely } from 'kysely';
import type { DatabaseSize, OpenStore } from '../open-store.ts';
import type { Tables } from '../sql/database.ts';
import { StoreError } from '../store-error.ts';
import type { SqliteConnection } from './connection.ts';
import { rethrow } from './errors.ts';

/** The value of `pragma auto_vacuum` by which a file can be made smaller in steps. */
const incremental = 2;
/** The part of a file that stays free, because it is soon used again. */
const spare = 1 / 20;
/** As the part, for small files. Pages. */
const leastSpare = 256;
/** With more in the write-ahead log, somebody keeps it from being cut back. Bytes. */
const longWal = 128 * 1024 * 1024;

/** Lets the file be made smaller in steps, where it is new. Call it before anything is written to it. */
export function allowGivingBack(writer: SqliteConnection): void {
  // Set again, it would be written again at each opening.
  if (read(writer, 'auto_vacuum') !== incremental) writer.exec('pragma auto_vacuum = incremental');
}

/** The file that is open now, and whether it may be used. */
interface Opened {
  readonly current: {
    /** Of the writer: whoever has a connection of it writes alone. */
    readonly kysely: Kysely<Tables>;
    readonly writer: SqliteConnection;
    readonly reader: SqliteConnection;
  };
  check(): void;
}

/** How the store looks after the space that its file takes. */
export function openSpace(
  opened: Opened,
  file: string,
): Pick<OpenStore, 'giveBack' | 'compact' | 'size' | 'cautions'> {
  return {
    async giveBack(pages) {
      opened.check();
      const { kysely, writer } = opened.current;
      return kysely.transaction().execute(async () => orRethrow(() => giveBack(writer, pages)));
    },

    async compact() {
      const { kysely, writer } = opened.current;
      try {
        await kysely.connection().execute(async () => rewrite(writer));
        return true;
      } catch (error) {
        const { message } = error as Error;
        throw new StoreError(`The database ${file} cannot be written anew: ${message}.`, { cause: error });
      }
    },

    size: async () => orRethrow(() => sizeOf(opened.current.reader, file)),
    cautions: async () => orRethrow(() => cautionsAbout(opened.current.reader, file)),
  };
}

function orRethrow<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    rethrow(error);
  }
}

/** Some pages stay free for what comes next. None can go where the file was made by a version that did not allow it. */
function giveBack(writer: SqliteConnection, most: number): number {
  const free = read(writer, 'freelist_count');
  const kept = Math.max(leastSpare, Math.ceil(read(writer, 'page_count') * spare));
  const pages = Math.min(most, free - kept);
  if (pages <= 0 || read(writer, 'auto_vacuum') !== incremental) return 0;
  writer.exec(`pragma incremental_vacuum(${pages})`);
  return free - read(writer, 'freelist_count');
}

function rewrite(writer: SqliteConnection): void {
  writer.exec('pragma busy_timeout = 10000');
  try {
    writer.exec('pragma auto_vacuum = incremental; vacuum; pragma wal_checkpoint(truncate)');
  } finally {
    writer.exec('pragma busy_timeout = 0');
  }
}

function sizeOf(reader: SqliteConnection, file: string): DatabaseSize {
  const page = read(reader, 'page_size');
  const log = walOf(file);
  return { bytes: read(reader, 'page_count') * page + log, free: read(reader, 'freelist_count') * page, log };
}

function cautionsAbout(reader: SqliteConnection, file: string): string[] {
  const cautions: string[] = [];
  // A connection learns from its next look at the file that another one has written it anew.
  read(reader, 'freelist_count');
  if (read(reader, 'auto_vacuum') !== incremental) {
    cautions.push(
      'An earlier version made the file, so it never gets smaller: run `latchkey migrate --compact` once, at a quiet time.',
    );
  }
  if (walOf(file) > longWal) {
    cautions.push(
      `${file}-wal has ${Math.round(walOf(file) / 2 ** 20)} MiB: another program has been reading the file for long, such as a backup or a shell, and keeps it from being cut back.`,
    );
  }
  return cautions;
}

function walOf(file: string): number {
  return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
}

function read(connection: SqliteConnection, pragma: string): number {
  return Number(Object.values(connection.prepare(`pragma ${pragma}`).get()!)[0]);
}
