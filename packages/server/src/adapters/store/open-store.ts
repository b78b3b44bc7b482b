import type { Store } from '../../kernel/context.ts';
import { StoreError } from './store-error.ts';

/** A database that is open. */
export interface OpenStore extends Store {
  /** Brings the tables to this version. Throws StoreError when the database belongs to a newer one. */
  migrate(): Promise<void>;
  /** Throws UNAVAILABLE when the database does not answer. */
  ping(): Promise<void>;
  /**
   * Calls the listener soon after entries were committed to the revocation log, by this process or any other, until
   * the function that it returns is called. Calls may be merged, and may come without a new entry.
   */
  onAppend(listener: () => void): () => void;
  /** Waits for open transactions, then closes. Whatever is asked afterwards throws UNAVAILABLE. */
  close(): Promise<void>;
}

export interface OpenStoreOptions {
  /** PostgreSQL connections at most; 10 unless told. */
  readonly maxConnections?: number;
}

/**
 * Opens the database that the URL names: `sqlite:./path` or `postgres://…`. Throws StoreError when it cannot be
 * opened, or belongs to a newer version.
 */
export async function openStore(databaseUrl: string, options: OpenStoreOptions = {}): Promise<OpenStore> {
  if (databaseUrl.startsWith('sqlite:')) {
    const { openSqliteStore } = await import('./sqlite/sqlite-store.ts');
    return openSqliteStore({ file: databaseUrl.slice('sqlite:'.length) });
  }
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) {
    const { openPostgresStore } = await import('./postgres/postgres-store.ts');
    return openPostgresStore({ url: databaseUrl, ...options });
  }
  throw new StoreError('The database URL must begin with sqlite: or postgres://.');
}
