import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { AccountRoles } from './role.ts';

/** The account's roles. Throws NOT_FOUND when there is no such account. */
export async function findRoles(ctx: Context, accountId: AccountId): Promise<AccountRoles> {
  if ((await ctx.read.accounts.find(accountId)) === undefined) throw new AppError('NOT_FOUND');
  return ctx.read.roles.find(accountId);
}
