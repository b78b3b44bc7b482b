import type { Store } from '../../kernel/context.ts';
import { StoreError } from './store-error.ts';

/** What a database takes on its disk. Bytes. */
export interface DatabaseSize {
  readonly bytes: number;
  /** How much of it is free for new rows, where that is known. */
  readonly free?: number;
  /** How much of it is SQLite's write-ahead log. */
  readonly log?: number;
}

/** A database that is open. */
export interface OpenStore extends Store {
  /** Brings the tables to this version. Throws StoreError when another version made them and this one cannot use them. */
  migrate(): Promise<void>;
  /** Throws UNAVAILABLE when the database does not answer. */
  ping(): Promise<void>;
  /** Writes and commits. Throws UNAVAILABLE when nothing can be written. */
  tryToWrite(): Promise<void>;
  /**
   * Calls the listener soon after this or another process has committed entries to the revocation log, until the
   * function that it returns is called. One call may stand for several commits, or come without a new entry.
   */
  onAppend(listener: () => void): () => void;
  /**
   * One small step of giving the disk back what the deleted took: at most `pages` pages. Returns how many; 0 where the
   * database does so by itself.
   */
  giveBack(pages: number): Promise<number>;
  /**
   * Makes the database as small as can be, in one go; nobody else can write meanwhile. False where the database looks
   * after its space by itself. Throws StoreError when it cannot.
   */
  compact(): Promise<boolean>;
  size(): Promise<DatabaseSize>;
  /** The most bytes that sessions in memory take now; absent where none are kept. */
  cachedBytes?(): number;
  /** What works, and could work better: a sentence each, for the operator. */
  cautions(): Promise<readonly string[]>;
  /** Waits for open transactions, then closes. Every later call throws UNAVAILABLE. */
  close(): Promise<void>;
}

export interface OpenStoreOptions {
  /** The most PostgreSQL connections; 10 by default. */
  readonly maxConnections?: number;
  /** Leads to the PostgreSQL server itself, where the URL leads to a pooler: for LISTEN. */
  readonly listenUrl?: string;
  /** Is called with a sentence when something works worse than it could. */
  readonly warn?: (sentence: string) => void;
  /** Creates nothing: throws StoreError unless the database exists and has the tables of this version. */
  readonly mustExist?: boolean;
}

/**
 * Opens the database that the URL names: `sqlite:./path` or `postgres://…`. Throws StoreError when it cannot be
 * opened, or when another version made its tables and this one cannot use them.
 */
export async function openStore(databaseUrl: string, options: OpenStoreOptions = {}): Promise<OpenStore> {
  if (databaseUrl.startsWith('sqlite:')) {
    const { openSqliteStore } = await import('./sqlite/sqlite-store.ts');
    return openSqliteStore({ file: databaseUrl.slice('sqlite:'.length), ...options });
  }
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) {
    const { openPostgresStore } = await import('./postgres/postgres-store.ts');
    return openPostgresStore({ url: databaseUrl, ...options });
  }
  throw new StoreError('The database URL must begin with sqlite: or postgres://.');
}
