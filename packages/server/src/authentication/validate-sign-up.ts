import { newLogin } from '../identity/accounts/account.ts';
import { checkLoginOwner } from '../identity/email-settings/check-login-owner.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';

/** Says whether a login is free, unless accounts are hidden. Throws LOGIN_ALREADY_USED and INVALID_DATA. */
export async function validateSignUp(ctx: Context, input: { readonly login?: string }): Promise<void> {
  if (input.login === undefined || input.login === '') return;
  const { loginKey } = newLogin(input.login);
  if (ctx.policy.hideAccounts) return;
  if (await ctx.read.accounts.findByLogin(loginKey)) throw new AppError('LOGIN_ALREADY_USED');
  await checkLoginOwner(ctx.read, loginKey);
}
