import { checkLogin } from '../identity/accounts/account.ts';
import { checkLoginFree } from '../identity/accounts/check-login-free.ts';
import type { Context } from '../kernel/context.ts';

/** Checks that a login is free, unless accounts are hidden. Throws LOGIN_ALREADY_USED and INVALID_DATA. */
export async function validateSignUp(ctx: Context, input: { readonly login?: string }): Promise<void> {
  if (input.login === undefined || input.login === '') return;
  const { loginKey } = checkLogin(input.login);
  if (!ctx.policy.hideAccounts) await checkLoginFree(ctx.read, loginKey);
}
