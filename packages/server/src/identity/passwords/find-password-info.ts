import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { given } from '../../kernel/given.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { PasswordInfo } from './password.ts';

/** Finds what can be shown about the account's password. Throws NOT_FOUND when it has none. */
export async function findPasswordInfo(ctx: Context, accountId: AccountId): Promise<PasswordInfo> {
  const password = await ctx.read.passwords.find(accountId);
  if (password === undefined) throw new AppError('NOT_FOUND');
  const { changeTime, tries } = password;
  return { accountId, changeTime, ...given({ lockTime: tries.lockTime }) };
}
