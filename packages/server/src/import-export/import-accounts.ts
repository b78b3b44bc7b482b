import { setImmediate as turn } from 'node:timers/promises';
import type { Context } from '../kernel/context.ts';
import type { AccountLine, LeftOut } from './account-line.ts';
import type { ImportCounts } from './import-progress.ts';
import { newDryRun, newImportRun } from './import-run.ts';
import type { Tell } from './prepare-batch.ts';

/** One record of an import. */
export interface ImportRecord {
  /** The line where it begins, from 1. */
  readonly line: number;
  /** The text by which a later run recognises it. */
  readonly text: string;
  /** Throws an AppError when it is not an account. */
  read(): AccountLine | LeftOut;
}

export interface ImportInput {
  /** In portions of any size. */
  readonly records: AsyncIterable<readonly ImportRecord[]>;
  /** Whether a record with an existing login is skipped instead of refused. */
  readonly skipExisting?: boolean;
  /** Whether to begin with the first record, even if an earlier run got further. */
  readonly restart?: boolean;
  /** Whether everything is checked and nothing stored. */
  readonly dryRun?: boolean;
  /**
   * Called with each refused record before it counts as done: after a crash some may be reported again, none
   * is lost.
   */
  readonly refuse: Tell;
  /**
   * Takes an account whose hash is of no use without it, and is called with its line and what is wrong with the hash.
   * By default such records are refused.
   */
  readonly withoutPassword?: Tell;
  /** Called from time to time with the result so far. */
  readonly tell?: (result: ImportResult) => void;
}

/** The result of an import, counted over all its runs. */
export interface ImportResult extends ImportCounts {
  readonly records: number;
  /** How many of the records an earlier run had done. */
  readonly before: number;
}

/** The most records in one transaction. */
const batchRecords = 500;
/** The most characters in one transaction, except for its last record. */
const batchSize = 4 * 1024 * 1024;

/**
 * Imports accounts in short transactions. Each also writes how far the import has come, so that an
 * interrupted import, run again with the same records, goes on after the last one stored: none is lost and
 * none is created twice. An import is recognised by its first record, and all records that it had read must
 * be the same. Throws CONFLICT when they are not, or when another process runs the same import.
 */
export async function importAccounts(ctx: Context, input: ImportInput): Promise<ImportResult> {
  const run = input.dryRun ? newDryRun(ctx, input) : newImportRun(ctx, input);
  let batch: ImportRecord[] = [];
  let size = 0;
  for await (const portion of input.records) {
    for (const record of portion) {
      if (!(await run.isNew(record))) continue;
      batch.push(record);
      size += record.text.length;
      if (batch.length < batchRecords && size < batchSize) continue;
      const result = await run.take(batch);
      input.tell?.(result);
      await turn();
      batch = [];
      size = 0;
    }
  }
  return run.take(batch);
}
