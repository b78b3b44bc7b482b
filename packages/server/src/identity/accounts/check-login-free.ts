import type { Readers } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { checkLoginOwner } from '../email-settings/check-login-owner.ts';

/** Checks that no account has the login, or has verified it as its address. Throws LOGIN_ALREADY_USED. */
export async function checkLoginFree(
  read: Pick<Readers, 'accounts' | 'emailSettings'>,
  loginKey: string,
): Promise<void> {
  if (await read.accounts.findByLogin(loginKey)) throw new AppError('LOGIN_ALREADY_USED');
  await checkLoginOwner(read, loginKey);
}
