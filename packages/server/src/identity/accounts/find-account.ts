import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Account, accountKeyOf } from './account.ts';

/** The account that the id or login names; undefined when there is none. */
export async function lookUpAccount(ctx: Context, idOrLogin: string): Promise<Account | undefined> {
  const key = accountKeyOf(idOrLogin);
  if (key === undefined) return undefined;
  return 'id' in key ? ctx.read.accounts.find(key.id) : ctx.read.accounts.findByLogin(key.loginKey);
}

/** The account that the id or login names. Throws NOT_FOUND. */
export async function findAccount(ctx: Context, idOrLogin: string): Promise<Account> {
  const account = await lookUpAccount(ctx, idOrLogin);
  if (account === undefined) throw new AppError('NOT_FOUND');
  return account;
}
