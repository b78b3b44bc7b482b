import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountLine } from './account-line.ts';
import { checkBatch, type Refuse, storeBatch } from './import-batch.ts';
import { type ImportCounts, type ImportProgress, newRecordDigest, noCounts } from './import-progress.ts';

/** One record of what is imported. */
export interface ImportRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  /** What it is known again by. */
  readonly text: string;
  /** Throws an AppError when it is no account. */
  read(): AccountLine;
}

export interface ImportInput {
  /** In portions of any size. */
  readonly records: AsyncIterable<readonly ImportRecord[]>;
  /** Whether a record whose login there is already is passed over instead of refused. */
  readonly skipExisting?: boolean;
  /** Whether it begins with the first record, though it was interrupted or done before. */
  readonly restart?: boolean;
  /** Whether all is checked and nothing is stored. */
  readonly dryRun?: boolean;
  /**
   * Is told of each refused record before it counts as done: after a crash some may be told again, none is lost.
   */
  readonly refuse: Refuse;
  /** Is told what is done, from time to time. */
  readonly tell?: (result: ImportResult) => void;
}

/** What became of an import: the counts are of all its runs. */
export interface ImportResult extends ImportCounts {
  readonly records: number;
  /** How many of the records an earlier run had done. */
  readonly before: number;
}

/** Records of one transaction. */
const batchRecords = 500;
/** Characters. */
const batchSize = 4 * 1024 * 1024;

/**
 * Makes accounts of records, in short transactions. Each transaction also writes how far the import has come, so that
 * an import that was interrupted, run again with the same records, goes on behind the last one that is stored: none is
 * lost and none is made twice. An import is known by its first record, and what it had read before must be the same.
 * Throws CONFLICT when it is not, or when another process runs the same import.
 */
export async function importAccounts(ctx: Context, input: ImportInput): Promise<ImportResult> {
  const run = input.dryRun ? newDryRun(ctx, input) : newRun(ctx, input);
  let batch: ImportRecord[] = [];
  let size = 0;
  for await (const portion of input.records) {
    for (const record of portion) {
      if (!(await run.isNew(record))) continue;
      batch.push(record);
      size += record.text.length;
      if (batch.length < batchRecords && size < batchSize) continue;
      input.tell?.(await run.take(batch));
      batch = [];
      size = 0;
    }
  }
  return run.take(batch);
}

interface Run {
  /** Whether no earlier run has done it. Records are to be asked for in their order. */
  isNew(record: ImportRecord): boolean | Promise<boolean>;
  take(batch: readonly ImportRecord[]): Promise<ImportResult>;
}

function newDryRun(ctx: Context, input: ImportInput): Run {
  const seen = new Set<number>();
  let result: ImportResult = { ...noCounts, records: 0, before: 0 };
  return {
    isNew: () => true,
    async take(batch) {
      const counts = await checkBatch(ctx, { ...input, batch, seen });
      result = { ...result, ...sum(result, counts), records: result.records + batch.length };
      return result;
    },
  };
}

function newRun(ctx: Context, input: ImportInput): Run {
  const digest = newRecordDigest();
  let read = 0;
  let before = 0;
  let stored: ImportProgress | undefined;
  let progress: ImportProgress | undefined;

  async function begin(): Promise<void> {
    const id = digest.value();
    stored = await ctx.read.importExport.findImport(id);
    const goesOn = stored !== undefined && !input.restart;
    before = goesOn ? stored!.records : 0;
    progress = goesOn ? stored! : { ...noCounts, id, records: 0, digest: '', updateTime: ctx.clock.now() };
    if (before === 1) checkSame();
  }

  function checkSame(): void {
    if (digest.value() !== stored?.digest) throw differs();
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
      if (read < before) throw differs();
      if (progress !== undefined && batch.length > 0) {
        const from = progress;
        const at = {
          records: from.records + batch.length,
          digest: digest.value(),
          updateTime: ctx.clock.now(),
        };
        const turn = (counts: ImportCounts): ImportProgress => ({ ...from, ...at, ...sum(from, counts) });
        progress = await storeBatch(ctx, { ...input, batch, turn, stored });
        stored = progress;
      }
      const { made, present, refused, records } = progress ?? { ...noCounts, records: 0 };
      return { made, present, refused, records, before };
    },
  };
}

function sum(a: ImportCounts, b: ImportCounts): ImportCounts {
  return { made: a.made + b.made, present: a.present + b.present, refused: a.refused + b.refused };
}

function differs(): AppError {
  return new AppError('CONFLICT', {
    detail:
      'An import that begins like this one was done, as far as it came, with other accounts than these. With --restart this one begins with its first line.',
  });
}
