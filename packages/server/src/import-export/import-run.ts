import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { checkBatch } from './check-batch.ts';
import type { ImportInput, ImportRecord, ImportResult } from './import-accounts.ts';
import {
  addCounts,
  type ImportCounts,
  type ImportProgress,
  newRecordDigest,
  noCounts,
} from './import-progress.ts';
import { storeBatch } from './store-batch.ts';

/** What an import does with its records. */
export interface ImportRun {
  /** Whether no earlier run has done the record. Call it for all records, in their order. */
  isNew(record: ImportRecord): boolean | Promise<boolean>;
  /** Stores or checks a batch of new records; returns the result so far. */
  take(batch: readonly ImportRecord[]): Promise<ImportResult>;
}

/** Makes a run that checks everything and stores nothing. */
export function newDryRun(ctx: Context, input: ImportInput): ImportRun {
  const seen = new Set<number>();
  let result: ImportResult = { ...noCounts, records: 0, before: 0 };
  return {
    isNew: () => true,
    async take(batch) {
      const counts = await checkBatch(ctx, { ...input, batch, seen });
      result = { ...result, ...addCounts(result, counts), records: result.records + batch.length };
      return result;
    },
  };
}

/** Makes a run that stores accounts, and continues an earlier run of the same import. */
export function newImportRun(ctx: Context, input: ImportInput): ImportRun {
  const digest = newRecordDigest();
  let read = 0;
  let before = 0;
  let stored: ImportProgress | undefined;
  let progress: ImportProgress | undefined;

  async function begin(): Promise<void> {
    const id = digest.value();
    stored = await ctx.read.importExport.findImport(id);
    const continues = stored !== undefined && !input.restart;
    before = continues ? stored!.records : 0;
    progress = continues ? stored! : { ...noCounts, id, records: 0, digest: '', updateTime: ctx.clock.now() };
    if (before === 1) checkSame();
  }

  function checkSame(): void {
    if (digest.value() !== stored?.digest) throw differentRecordsError();
  }

  return {
    async isNew(record) {
      digest.add(record.text);
      read += 1;
      if (read === 1) await begin();
      else if (read === before) checkSame();
      return read > before;
    },
    async take(batch) {
      if (read < before) throw differentRecordsError();
      if (progress !== undefined && batch.length > 0) {
        const from = progress;
        const at = {
          records: from.records + batch.length,
          digest: digest.value(),
          updateTime: ctx.clock.now(),
        };
        const progressAfter = (counts: ImportCounts): ImportProgress => ({
          ...from,
          ...at,
          ...addCounts(from, counts),
        });
        progress = await storeBatch(ctx, { ...input, batch, progressAfter, stored });
        stored = progress;
      }
      const { made, present, refused, notes, records } = progress ?? { ...noCounts, records: 0 };
      return { made, present, refused, notes, records, before };
    },
  };
}

function differentRecordsError(): AppError {
  return new AppError('CONFLICT', {
    detail:
      'An earlier import had the same first record, but other records after it. Use --restart to begin again with the first record.',
  });
}
