import { statSync } from 'node:fs';
import { sql } from 'kysely';
import { openStore } from '../open-store.ts';
import type { Engine } from '../sql/database.ts';
import type { HeldDatabase, Role, Table } from '../sql/held-database.ts';
import { CopyError, naming } from './copy-error.ts';
import { compareRows, copyRows } from './copy-rows.ts';
import { holdDatabase } from './hold-database.ts';
import { refuseUsed } from './refuse-used.ts';
import type { RowSum } from './row-sum.ts';
import { readTables } from './tables.ts';

export interface CopyResult {
  readonly from: Engine;
  readonly to: Engine;
  /** How many rows of each table were copied, read back, and the same. */
  readonly tables: Readonly<Record<string, number>>;
}

/** Is told how many rows of a table are done. */
export type TellProgress = (what: 'copying' | 'comparing', table: string, rows: number) => void;

/**
 * Copies every row of the source to the target, which must be empty; its tables are made. Both are URLs of databases.
 *
 * Nobody else may use either of them, and none can begin to write meanwhile: what was written to the source behind the
 * copy would be lost. The target is one transaction, which commits when all rows were read back and are the same; whatever
 * interrupts it leaves the target as it was. Throws StoreError.
 */
export async function copyDatabase(from: string, to: string, tell: TellProgress): Promise<CopyResult> {
  await examine(from, 'source');
  if (isSameFile(from, to)) throw new CopyError('The source and the target (--to) are the same file.');
  await examine(to, 'target');
  const tables = await readTables();
  return holdDatabase(from, 'source', async (source) => {
    await source.lock(tables);
    return holdDatabase(to, 'target', async (target) => {
      await target.migrate();
      await refuseUsed(source, target, tables);
      await target.lock(tables);
      const sums = await copyAll(source, target, tables, tell);
      for (const [table, sum] of sums)
        await compareRows(target, table, sum, (rows) => tell('comparing', table.name, rows));
      await target.analyze(tables);
      // Fails where the connection that held the source is gone.
      await source.run(sql`select head from log_head`);
      const counts = [...sums].map(([{ name }, { rows }]) => [name, rows]);
      return { from: source.engine, to: target.engine, tables: Object.fromEntries(counts) };
    });
  });
}

async function copyAll(
  source: HeldDatabase,
  target: HeldDatabase,
  tables: readonly Table[],
  tell: TellProgress,
): Promise<Map<Table, RowSum>> {
  const sums = new Map<Table, RowSum>();
  for (const table of tables)
    sums.set(table, await copyRows(source, target, table, (rows) => tell('copying', table.name, rows)));
  return sums;
}

/** Opens the database as a server would, so that what is wrong with it is told in the same way. Makes a target's file. */
async function examine(url: string, role: Role): Promise<void> {
  await naming(role, async () => {
    const store = await openStore(url, { mustExist: role === 'source' });
    await store.close();
  });
}

function isSameFile(from: string, to: string): boolean {
  const [one, other] = [from, to].map((url) => {
    if (!url.startsWith('sqlite:')) return undefined;
    return statSync(url.slice('sqlite:'.length), { throwIfNoEntry: false });
  });
  return one !== undefined && one.dev === other?.dev && one.ino === other.ino;
}
