import { nameRole, naming } from './copy-error.ts';
import type { HeldDatabase, Role } from './held-database.ts';

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
    run: (query) => naming(role, () => held.run(query)),
    migrate: () => naming(role, () => held.migrate()),
    lock: (tables) => naming(role, () => held.lock(tables)),
    analyze: (tables) => naming(role, () => held.analyze(tables)),
  };
}
