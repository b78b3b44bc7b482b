import type { Context, Transaction } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { hardenHash } from './harden-hash.ts';
import type { ImportCounts, ImportProgress } from './import-progress.ts';
import { addNotes } from './notes.ts';
import { type Batch, type PreparedRecord, prepareBatch } from './prepare-batch.ts';

interface StoreInput extends Batch {
  /** The progress after the batch. */
  readonly progressAfter: (counts: ImportCounts) => ImportProgress;
  /** The progress that is stored. */
  readonly stored: ImportProgress | undefined;
}

/** Stores the accounts of a batch and the progress after it in one transaction. Throws CONFLICT. */
export async function storeBatch(ctx: Context, input: StoreInput): Promise<ImportProgress> {
  const { accounts: prepared, counts } = prepareBatch(ctx, input);
  const accounts = await Promise.all(prepared.map((record) => hardenHash(ctx, record)));
  const reported = new Set<number>();
  return ctx.transaction(async (tx) => {
    const made = await tx.importExport.insertWhole(
      accounts.map(({ whole }) => whole),
      ctx.clock.now(),
    );
    const left = accounts.filter(({ whole }) => !made.has(whole));
    const { present, reasons } = await findReasons(tx, left, input.skipExisting);
    for (const { line, error } of reasons) {
      // The database may run this work again; each line is reported once.
      if (!reported.has(line)) input.refuse(line, error);
      reported.add(line);
    }
    const told = accounts.filter(({ whole }) => made.has(whole)).flatMap(({ notes }) => notes);
    const after = input.progressAfter({
      made: made.size,
      present,
      refused: counts.refused + reasons.length,
      notes: addNotes(counts.notes, told),
    });
    if (!(await tx.importExport.saveImport(after, input.stored))) {
      throw new AppError('CONFLICT', { detail: 'Another process runs the same import.' });
    }
    return after;
  });
}

/** Finds why accounts were not inserted: the login is taken, otherwise the id. */
async function findReasons(tx: Transaction, left: readonly PreparedRecord[], skipExisting = false) {
  const taken = await tx.importExport.takenLogins(left.map(({ whole }) => whole.loginKey));
  const reasons: { readonly line: number; readonly error: AppError }[] = [];
  let present = 0;
  for (const { line, whole } of left) {
    if (!taken.has(whole.loginKey)) {
      reasons.push({
        line,
        error: new AppError('CONFLICT', { detail: 'Another account has, or had, this id.' }),
      });
    } else if (skipExisting) present += 1;
    else reasons.push({ line, error: new AppError('LOGIN_ALREADY_USED') });
  }
  return { present, reasons };
}
