import { insertAccount, type NewAccountInput, prepareAccount } from '../accounts/create-account.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { openSession } from './open-session.ts';
import type { Device, Session } from './session.ts';

export interface SignUpInput extends Omit<NewAccountInput, 'roles'> {
  readonly invitationCode?: string;
  readonly device: Device;
}

/**
 * Makes an account with password and e-mail settings and opens its first session, in one transaction. Throws
 * LOGIN_ALREADY_USED, INVALID_DATA, WRONG_CODE, what `checkNewPassword` throws, and UNAVAILABLE.
 */
export async function signUp(ctx: Context, input: SignUpInput): Promise<Session> {
  const { invitationCode, device, ...newAccount } = input;
  if (invitationCode !== undefined) throw new AppError('WRONG_CODE');
  const prepared = await prepareAccount(ctx, newAccount);
  return ctx.transaction(async (tx) => {
    await insertAccount(tx, prepared);
    return openSession(ctx, tx, { accountId: prepared.account.id, device, amr: ['pwd'] });
  });
}
