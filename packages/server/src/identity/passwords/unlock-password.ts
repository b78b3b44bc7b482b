import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';

/** Forgets the wrong tries at the account's password, and with them its lock. Throws NOT_FOUND when it has none. */
export async function unlockPassword(ctx: Context, accountId: AccountId): Promise<void> {
  if (!(await ctx.transaction((tx) => tx.passwords.forgive(accountId)))) throw new AppError('NOT_FOUND');
}
