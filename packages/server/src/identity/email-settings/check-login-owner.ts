import type { Readers } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';

/**
 * Refuses a login that is an e-mail address which another account has verified: nobody may sign in, or
 * appear, under it. `own` is the account that is to have the login, if it exists. Throws LOGIN_ALREADY_USED.
 */
export async function checkLoginOwner(
  read: Pick<Readers, 'emailSettings'>,
  loginKey: string,
  own?: AccountId,
): Promise<void> {
  if (!loginKey.includes('@')) return;
  // A login that is an address has the same key as the address: both drop compatibility forms and case.
  const owners = await read.emailSettings.listByEmail(loginKey);
  if (owners.some(({ verified, accountId }) => verified && accountId !== own)) {
    throw new AppError('LOGIN_ALREADY_USED');
  }
}
