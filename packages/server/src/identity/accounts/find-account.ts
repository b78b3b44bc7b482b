import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { type Account, accountKeyOf } from './account.ts';

/**
 * Finds an account by what its owner may sign in with: the id, the login, or an address that no other account has
 * verified. A login comes before an address, so nobody can be reached under a name that another account has. Undefined
 * when there is none.
 */
export async function lookUpAccount(ctx: Context, idOrLogin: string): Promise<Account | undefined> {
  const key = accountKeyOf(idOrLogin);
  if (key === undefined) return undefined;
  return 'id' in key ? ctx.read.accounts.find(key.id) : ctx.read.accounts.findByLoginOrAddress(key.loginKey);
}

/** As `lookUpAccount`. Throws NOT_FOUND. */
export async function findAccount(ctx: Context, idOrLogin: string): Promise<Account> {
  const account = await lookUpAccount(ctx, idOrLogin);
  if (account === undefined) throw new AppError('NOT_FOUND');
  return account;
}

/**
 * As `findAccount`, for who means another person's account. Throws CONFLICT when the text is the login of one account and
 * the verified address of another: whoever took the login need not be who has the mailbox.
 */
export async function findOnlyAccount(ctx: Context, idOrLogin: string): Promise<Account> {
  const account = await findAccount(ctx, idOrLogin);
  const key = accountKeyOf(idOrLogin);
  if (key === undefined || 'id' in key) return account;
  const named = await ctx.read.emailSettings.listByEmail(key.loginKey);
  const other = named.find(({ verified, accountId }) => verified && accountId !== account.id);
  if (other === undefined) return account;
  throw new AppError('CONFLICT', {
    detail: `The account ${account.id} has this login, the account ${other.accountId} this verified address. Name one by its id.`,
  });
}
