import { AppError } from '../../../kernel/errors.ts';
import type { HeldDatabase, Role, Row, Table } from '../sql/held-database.ts';
import { StoreError } from '../store-error.ts';
import { nameRole, naming } from './copy-error.ts';

/**
 * Runs the work on a database that nobody else changes meanwhile, in one transaction. Throws CopyError when somebody else
 * uses it, and for what fails on it.
 */
export async function holdDatabase<T>(
  url: string,
  role: Role,
  work: (held: HeldDatabase) => Promise<T>,
): Promise<T> {
  const named = (held: HeldDatabase) => work(nameFailures(held, role));
  if (url.startsWith('sqlite:')) {
    const { holdSqlite } = await import('../sqlite/hold.ts');
    return naming(role, () => holdSqlite(url.slice('sqlite:'.length), named));
  }
  const { holdPostgres } = await import('../postgres/hold.ts');
  return naming(role, () => holdPostgres(url, role, named));
}

/** The two databases are worked on together, so each says by itself that it has failed. */
function nameFailures(held: HeldDatabase, role: Role): HeldDatabase {
  return {
    ...held,
    async *rows(table) {
      try {
        yield* held.rows(table);
      } catch (error) {
        throw nameRole(role, error);
      }
    },
    insert: (table, rows) => naming(role, () => insert(held, table, rows)),
    run: (query) => naming(role, () => held.run(query)),
    migrate: () => naming(role, () => held.migrate()),
    lock: (tables) => naming(role, () => held.lock(tables)),
    analyze: (tables) => naming(role, () => held.analyze(tables)),
  };
}

/** Throws StoreError for rows that the database refuses, as when one refers to another that is missing. */
async function insert(held: HeldDatabase, table: Table, rows: readonly Row[]): Promise<void> {
  try {
    await held.insert(table, rows);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new StoreError(`It refuses rows of ${table.name}: ${(error as Error).message}`, { cause: error });
  }
}
