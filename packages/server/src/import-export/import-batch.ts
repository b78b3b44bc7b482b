import { hash } from 'node:crypto';
import type { Context, Transaction } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ImportRecord } from './import-accounts.ts';
import type { ImportCounts, ImportProgress } from './import-progress.ts';
import { prepareAccount } from './prepare-account.ts';
import type { WholeAccount } from './store.ts';

/** Is told that the record of a line is not taken, and why. */
export type Refuse = (line: number, error: AppError) => void;

interface Batch {
  readonly batch: readonly ImportRecord[];
  readonly skipExisting?: boolean;
  readonly refuse: Refuse;
}

interface Prepared {
  readonly line: number;
  readonly whole: WholeAccount;
}

interface StoreInput extends Batch {
  /** The progress after the batch. */
  readonly turn: (counts: ImportCounts) => ImportProgress;
  /** The progress that is stored. */
  readonly stored: ImportProgress | undefined;
}

/** Stores the accounts of a batch and the progress that comes of them, or nothing. Throws CONFLICT. */
export async function storeBatch(ctx: Context, input: StoreInput): Promise<ImportProgress> {
  const { accounts, refused } = prepareAll(ctx, input);
  const told = new Set<number>();
  return ctx.transaction(async (tx) => {
    const made = await tx.importExport.insertWhole(
      accounts.map(({ whole }) => whole),
      ctx.clock.now(),
    );
    const left = accounts.filter(({ whole }) => !made.has(whole));
    const { present, reasons } = await whyLeft(tx, left, input.skipExisting);
    for (const { line, error } of reasons) {
      // The work may be run again when the database asks for it.
      if (!told.has(line)) input.refuse(line, error);
      told.add(line);
    }
    const after = input.turn({ made: made.size, present, refused: refused + reasons.length });
    if (!(await tx.importExport.saveImport(after, input.stored))) {
      throw new AppError('CONFLICT', { detail: 'Another process runs the same import.' });
    }
    return after;
  });
}

/** What would become of a batch. `seen` are the logins of earlier ones. */
export async function checkBatch(
  ctx: Context,
  input: Batch & { readonly seen: Set<number> },
): Promise<ImportCounts> {
  const { accounts, refused } = prepareAll(ctx, input);
  const taken = await ctx.read.importExport.takenLogins(accounts.map(({ whole }) => whole.loginKey));
  const counts = { made: 0, present: 0, refused };
  for (const { line, whole } of accounts) {
    const mark = markOf(whole.loginKey);
    if (!taken.has(whole.loginKey) && !input.seen.has(mark)) {
      input.seen.add(mark);
      counts.made += 1;
    } else if (input.skipExisting) {
      counts.present += 1;
    } else {
      input.refuse(line, new AppError('LOGIN_ALREADY_USED'));
      counts.refused += 1;
    }
  }
  return counts;
}

function prepareAll(ctx: Context, { batch, refuse }: Batch) {
  const accounts: Prepared[] = [];
  let refused = 0;
  for (const { line, read } of batch) {
    try {
      accounts.push({ line, whole: prepareAccount(ctx, read()) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refuse(line, error);
      refused += 1;
    }
  }
  return { accounts, refused };
}

/** Why accounts were not inserted: their login is taken, or else their id. */
async function whyLeft(tx: Transaction, left: readonly Prepared[], skipExisting = false) {
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

/** 52 bits: of a million logins two have the same one with a chance of 1 in 10,000, and it is but a dry run. */
function markOf(loginKey: string): number {
  return Number.parseInt(hash('sha256', loginKey).slice(0, 13), 16);
}
