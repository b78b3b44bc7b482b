import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Account } from '../accounts/account.ts';
import { checkNewPassword } from './check-new-password.ts';

/**
 * Checks a new password for an account: against the policy, with all that is known about its owner, and that it is none
 * of the codes and one-time passwords that were mailed, which may be read by others and would live on. Returns its normal
 * form. Throws what `checkNewPassword` throws.
 */
export async function checkPasswordFor(
  ctx: Context,
  account: Pick<Account, 'id' | 'login' | 'name'>,
  password: string,
): Promise<string> {
  const { id, login, name } = account;
  const settings = await ctx.read.emailSettings.find(id);
  const emails = [settings?.email, settings?.provenEmail].filter((email) => email !== undefined);
  const normal = checkNewPassword(password, ctx.policy.passwordMinLength, { login, name, emails });
  if (await ctx.read.codes.isCode(id, ctx.codes.hash(normal))) throw mailedCodeError();
  return normal;
}

/** The error for a password that is a code which was mailed. */
export function mailedCodeError(): AppError {
  return new AppError('PASSWORD_TOO_COMMON', { detail: 'It is a code that was mailed to you.' });
}
