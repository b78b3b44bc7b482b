import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';

/**
 * Resets the wrong tries at the account's password, and so its lock. Throws NOT_FOUND when it has no
 * password.
 */
export async function unlockPassword(ctx: Context, accountId: AccountId): Promise<void> {
  if (!(await ctx.transaction((tx) => tx.passwords.forgive(accountId)))) throw new AppError('NOT_FOUND');
}
