import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { PasswordInfo } from './password.ts';

/** What may be told of the account's password. Throws NOT_FOUND when it has none. */
export async function findPasswordInfo(ctx: Context, accountId: AccountId): Promise<PasswordInfo> {
  const password = await ctx.read.passwords.find(accountId);
  if (password === undefined) throw new AppError('NOT_FOUND');
  const { changeTime, tries } = password;
  const info = { accountId, changeTime };
  return tries.lockTime === undefined ? info : { ...info, lockTime: tries.lockTime };
}
