import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ImportRecord } from './import-accounts.ts';
import { prepareWholeAccount } from './prepare-whole-account.ts';
import type { WholeAccount } from './store.ts';

/** Called with the line of a record that is refused, and why. */
export type Refuse = (line: number, error: AppError) => void;

export interface Batch {
  readonly batch: readonly ImportRecord[];
  readonly skipExisting?: boolean;
  readonly refuse: Refuse;
}

export interface PreparedRecord {
  readonly line: number;
  readonly whole: WholeAccount;
}

/** Prepares the accounts of a batch; reports and counts the records that are refused. */
export function prepareBatch(ctx: Context, { batch, refuse }: Batch) {
  const accounts: PreparedRecord[] = [];
  let refused = 0;
  for (const { line, read } of batch) {
    try {
      accounts.push({ line, whole: prepareWholeAccount(ctx, read()) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refuse(line, error);
      refused += 1;
    }
  }
  return { accounts, refused };
}
