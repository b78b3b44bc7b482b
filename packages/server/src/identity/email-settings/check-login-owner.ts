import type { Readers } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';

/**
 * Refuses a login that is an address which somebody else's mailbox has proven: nobody signs in, or shows up, under it.
 * `own` is the account that is to have it, where there is one already. Throws LOGIN_ALREADY_USED.
 */
export async function checkLoginOwner(
  read: Pick<Readers, 'emailSettings'>,
  loginKey: string,
  own?: AccountId,
): Promise<void> {
  if (!loginKey.includes('@')) return;
  // The key of a login that is an address is the key of the address: compatibility forms and case are gone from both.
  const owners = await read.emailSettings.listByEmail(loginKey);
  if (owners.some(({ verified, accountId }) => verified && accountId !== own)) {
    throw new AppError('LOGIN_ALREADY_USED');
  }
}
