import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountLine, Note } from './account-line.ts';
import type { ImportRecord } from './import-accounts.ts';
import type { ImportCounts } from './import-progress.ts';
import { addNotes, noteOf } from './notes.ts';
import { prepareWholeAccount } from './prepare-whole-account.ts';
import type { WholeAccount } from './store.ts';
import { takeHash } from './take-hash.ts';

/** Called with the line of a record and what is wrong with it. */
export type Tell = (line: number, error: AppError) => void;

export interface Batch {
  readonly batch: readonly ImportRecord[];
  readonly skipExisting?: boolean;
  readonly refuse: Tell;
  readonly withoutPassword?: Tell;
}

export interface PreparedRecord {
  readonly line: number;
  readonly whole: WholeAccount;
  /** What is told of the account once it is made. */
  readonly notes: readonly Note[];
}

/** What is counted of a batch before anything is stored. */
type EarlyCounts = Pick<ImportCounts, 'refused' | 'notes'>;

/** Prepares the accounts of a batch; reports and counts the records that are refused or left out. */
export function prepareBatch(ctx: Context, { batch, refuse, withoutPassword }: Batch) {
  const accounts: PreparedRecord[] = [];
  const notes: Note[] = [];
  let refused = 0;
  for (const { line, read } of batch) {
    try {
      const account = read();
      if ('leftOut' in account) notes.push(account.leftOut);
      else accounts.push({ line, ...prepareAccount(ctx, account, line, withoutPassword) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refuse(line, error);
      refused += 1;
    }
  }
  const counts: EarlyCounts = { refused, notes: addNotes({}, notes) };
  return { accounts, counts };
}

/** Throws INVALID_DATA. */
function prepareAccount(ctx: Context, account: AccountLine, line: number, withoutPassword?: Tell) {
  const taken = takeHash(ctx, account.hash);
  if ('unusable' in taken && withoutPassword === undefined) throw unusableHash(taken.unusable);
  const whole = prepareWholeAccount(ctx, account, 'hash' in taken ? taken.hash : undefined);
  const notes = [...(account.notes ?? [])];
  if ('unusable' in taken) {
    withoutPassword?.(line, taken.unusable);
    notes.push(noteOf('unusable_hash'));
  } else if ('none' in taken) notes.push(noteOf('no_password'));
  if (!('hash' in taken) && whole.email === undefined) notes.push(noteOf('no_way_in'));
  return { whole, notes };
}

/** Refuses a record for its hash, which the option could do without. */
function unusableHash({ code, details }: AppError): AppError {
  return new AppError(code, {
    ...details,
    detail:
      'With --without-password the account comes in without its hash; with --restart --skip-existing also after others did.',
  });
}
