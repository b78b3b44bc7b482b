import { hash } from 'node:crypto';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { ImportCounts } from './import-progress.ts';
import { addNotes } from './notes.ts';
import { type Batch, prepareBatch } from './prepare-batch.ts';

/** Checks a batch without storing it. `seen` are the logins of earlier batches. */
export async function checkBatch(
  ctx: Context,
  input: Batch & { readonly seen: Set<number> },
): Promise<ImportCounts> {
  const { accounts, counts: early } = prepareBatch(ctx, input);
  const taken = await ctx.read.importExport.takenLogins(accounts.map(({ whole }) => whole.loginKey));
  const counts = { made: 0, present: 0, ...early };
  for (const { line, whole, notes } of accounts) {
    const mark = markOf(whole.loginKey);
    if (!taken.has(whole.loginKey) && !input.seen.has(mark)) {
      input.seen.add(mark);
      counts.made += 1;
      counts.notes = addNotes(counts.notes, notes);
    } else if (input.skipExisting) {
      counts.present += 1;
    } else {
      input.refuse(line, new AppError('LOGIN_ALREADY_USED'));
      counts.refused += 1;
    }
  }
  return counts;
}

/** 52 bits: among a million logins two collide with a chance of 1 in 10,000, and this is only a dry run. */
function markOf(loginKey: string): number {
  return Number.parseInt(hash('sha256', loginKey).slice(0, 13), 16);
}
