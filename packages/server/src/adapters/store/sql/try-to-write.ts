import type { Kysely } from 'kysely';
import type { Tables } from './database.ts';

/** The one row of its table, which is written to find out whether anything can be. */
export interface HealthRow {
  id: 1;
  writes: number;
}

/** Writes and commits, so that a full disk, a read-only server and a lock that somebody holds are noticed. */
export async function tryToWrite(kysely: Kysely<Tables>): Promise<void> {
  await kysely.transaction().execute((trx) =>
    trx
      .updateTable('health')
      .set((eb) => ({ writes: eb('writes', '+', 1) }))
      .execute(),
  );
}
