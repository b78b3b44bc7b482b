import { sql } from 'kysely';
import type { HeldDatabase, Table } from '../sql/held-database.ts';
import { CopyError } from './copy-error.ts';

/** Throws CopyError when the target holds anything. Its tables are there. */
export async function refuseUsed(
  source: HeldDatabase,
  target: HeldDatabase,
  tables: readonly Table[],
): Promise<void> {
  const [from, to] = [await headOf(source), await headOf(target)];
  if (from.log === to.log) refuse('It is the same database as the source, or was copied from it before.');
  const used: string[] = to.head > 0 ? ['log_head'] : [];
  for (const { name, seeded } of tables) {
    if (seeded) continue;
    if ((await target.run(sql`select 1 from ${sql.table(name)} limit 1`)).length > 0) used.push(name);
  }
  if (used.length > 0) refuse(`It is not empty: there are rows in ${used.join(', ')}.`);
}

async function headOf(held: HeldDatabase): Promise<{ readonly log: string; readonly head: number }> {
  const [row] = await held.run(sql<{ log: string; head: number }>`select log_id as log, head from log_head`);
  return row!;
}

function refuse(what: string): never {
  throw new CopyError(`The target (--to) cannot be copied to. ${what} Name an empty database.`);
}
