import { mayGive, withRole } from '../../identity/roles/site-role.ts';
import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { emailKeyOf } from '../../kernel/text.ts';
import { giveSiteRoles } from '../give-site-roles.ts';
import { type Invitation, statusAt } from './invitation.ts';
import { joinable } from './may-invite.ts';

export interface TakeUpInput {
  readonly invitation: Invitation;
  readonly accountId: AccountId;
  /** Absent where the account's proven address is what lets it. */
  readonly codeHash?: string;
}

/**
 * Takes an invitation up for an account: it gets the stored role on the stored site. By a code, which comes from the
 * invitee's mailbox, the account's address is proven too if it is the invitee's. One conditional write decides: of
 * several at once one takes it up. Call it as the transaction's last step. Throws WRONG_CODE and CODE_EXPIRED with a
 * code, CONFLICT without one, when it cannot be taken up any more; CONFLICT when the site is not active, when whoever
 * sent it may not give the role any more, and as `giveSiteRoles` does; NOT_FOUND when there is no such account.
 */
export async function takeUpInvitation(
  ctx: Context,
  tx: Transaction,
  input: TakeUpInput,
): Promise<Invitation> {
  const { accountId, codeHash } = input;
  const { id, siteId } = input.invitation;
  const site = await tx.sites.lock(siteId);
  const invitation = await tx.invitations.find(id);
  const now = ctx.clock.now();
  if (site === undefined || invitation?.action !== 'activate' || invitation.status !== 'pending')
    throw gone(codeHash);
  if (statusAt(invitation, now) === 'expired') throw expired(codeHash);
  joinable(site);
  await checkSender(tx, invitation);
  const account = await tx.accounts.lock(accountId);
  if (account === undefined) throw new AppError('NOT_FOUND');
  const taken = await tx.invitations.end(
    id,
    {
      status: 'activated',
      time: now,
      invitee: { id: accountId, name: invitation.inviteeName || account.name },
    },
    { action: 'activate', aliveAt: now, ...(codeHash !== undefined && { codeHash }) },
  );
  if (!taken) throw gone(codeHash);
  if (codeHash !== undefined) await proveAddress(tx, accountId, invitation);
  const result = (await tx.invitations.find(id))!;
  const { roles } = await tx.roles.find(accountId);
  await giveSiteRoles(ctx, tx, { siteId, accountId, roles: withRole(roles, siteId, invitation.role) });
  return result;
}

function gone(codeHash: string | undefined): AppError {
  if (codeHash !== undefined) return new AppError('WRONG_CODE');
  return new AppError('CONFLICT', { detail: 'The invitation was taken up or withdrawn.' });
}

function expired(codeHash: string | undefined): AppError {
  if (codeHash !== undefined) return new AppError('CODE_EXPIRED');
  return new AppError('CONFLICT', { detail: 'The invitation has expired.' });
}

/** Whoever has left could come back by an invitation to a mailbox of theirs. */
async function checkSender(tx: Transaction, { senderId, siteId, role }: Invitation): Promise<void> {
  const sender = await tx.accounts.find(senderId);
  const { roles } = await tx.roles.find(senderId);
  if (!sender?.active || !mayGive(roles, siteId, role)) {
    throw new AppError('CONFLICT', {
      detail: 'Whoever sent the invitation may not give the role any more: ask for a new one.',
    });
  }
}

async function proveAddress(
  tx: Transaction,
  accountId: AccountId,
  { inviteeEmail }: Invitation,
): Promise<void> {
  const settings = await tx.emailSettings.find(accountId);
  if (settings === undefined || settings.verified || inviteeEmail === undefined) return;
  if (emailKeyOf(settings.email) !== emailKeyOf(inviteeEmail)) return;
  await tx.emailSettings.prove(accountId, settings.email);
  await tx.codes.remove(accountId, 'verify-email');
}
