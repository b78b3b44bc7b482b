import { insertAccount, type NewAccountInput, prepareAccount } from '../accounts/create-account.ts';
import { findByCode } from '../invitations/activate-by-code.ts';
import { takeUpInvitation } from '../invitations/take-up-invitation.ts';
import type { Context } from '../kernel/context.ts';
import { openSession } from './open-session.ts';
import type { Device, Session } from './session.ts';

export interface SignUpInput extends Omit<NewAccountInput, 'roles'> {
  readonly invitationCode?: string;
  readonly device: Device;
}

/**
 * Makes an account with password and e-mail settings and opens its first session, in one transaction. With the code of
 * an invitation it is taken up in the same one; without an address of its own the account gets the invitee's, and that
 * is proven by the code. Throws LOGIN_ALREADY_USED, INVALID_DATA, what `findByCode`, `takeUpInvitation` and
 * `checkNewPassword` throw, and UNAVAILABLE.
 */
export async function signUp(ctx: Context, input: SignUpInput): Promise<Session> {
  const { invitationCode, device, ...newAccount } = input;
  const invited = invitationCode === undefined ? undefined : await findByCode(ctx, ctx.read, invitationCode);
  const email = newAccount.email ?? invited?.invitation.inviteeEmail;
  const prepared = await prepareAccount(ctx, { ...newAccount, ...(email !== undefined && { email }) });
  return ctx.transaction(async (tx) => {
    await insertAccount(tx, prepared);
    const { id: accountId } = prepared.account;
    const session = await openSession(ctx, tx, { accountId, device, amr: ['pwd'] });
    if (invited !== undefined) await takeUpInvitation(ctx, tx, { ...invited, accountId });
    return session;
  });
}
