import { mayGive, withRole } from '../../identity/roles/site-role.ts';
import type { Context, Transaction } from '../../kernel/context.ts';
import { emailKeyOf } from '../../kernel/email-address.ts';
import { AppError } from '../../kernel/errors.ts';
import { given } from '../../kernel/given.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { giveSiteRoles } from '../give-site-roles.ts';
import { checkJoinable } from './check-inviter.ts';
import { type Invitation, invitationLife, statusOf } from './invitation.ts';

export interface AcceptInput {
  readonly invitation: Invitation;
  readonly accountId: AccountId;
  /** Absent when the account's verified address allows it instead. */
  readonly codeHash?: string;
}

/**
 * Accepts an invitation for an account, which gets its role on its site. A code comes from the invitee's
 * mailbox, so it also verifies the account's address if that is the invitee's. One conditional write decides:
 * of several calls at once, one succeeds. Call it as the transaction's last step. When the invitation can no
 * longer be accepted, throws WRONG_CODE or CODE_EXPIRED with a code, CONFLICT without one. Throws CONFLICT
 * too when the site is not active, when the sender may no longer give the role, and where `giveSiteRoles`
 * throws it; NOT_FOUND when there is no such account.
 */
export async function acceptInvitation(
  ctx: Context,
  tx: Transaction,
  input: AcceptInput,
): Promise<Invitation> {
  const { accountId, codeHash } = input;
  const { id, siteId } = input.invitation;
  const invitation = await checkAcceptable(ctx, tx, input);
  const now = ctx.clock.now();
  const account = await tx.accounts.lock(accountId);
  if (account === undefined) throw new AppError('NOT_FOUND');
  const taken = await tx.invitations.end(
    id,
    {
      status: 'activated',
      time: now,
      invitee: { id: accountId, name: invitation.inviteeName || account.name },
    },
    { action: 'activate', alive: ctx.clock.holding(invitationLife.activate), ...given({ codeHash }) },
  );
  if (!taken) throw notPendingError(codeHash);
  if (codeHash !== undefined) await proveAddress(tx, accountId, invitation);
  const result = (await tx.invitations.find(id))!;
  const { roles } = await tx.roles.find(accountId);
  await giveSiteRoles(ctx, tx, { siteId, accountId, roles: withRole(roles, siteId, invitation.role) });
  return result;
}

/**
 * Checks that somebody can accept the invitation now; returns it as it is stored. It locks the site. Throws what
 * `acceptInvitation` throws, but for what depends on the account.
 */
export async function checkAcceptable(
  ctx: Context,
  tx: Transaction,
  { invitation: { id, siteId }, codeHash }: Omit<AcceptInput, 'accountId'>,
): Promise<Invitation> {
  const site = await tx.sites.lock(siteId);
  const invitation = await tx.invitations.find(id);
  if (site === undefined || invitation?.action !== 'activate' || invitation.status !== 'pending')
    throw notPendingError(codeHash);
  if (statusOf(invitation, ctx.clock) === 'expired') throw expiredError(codeHash);
  checkJoinable(site);
  await checkSender(tx, invitation);
  return invitation;
}

function notPendingError(codeHash: string | undefined): AppError {
  if (codeHash !== undefined) return new AppError('WRONG_CODE');
  return new AppError('CONFLICT', { detail: 'The invitation was used or withdrawn.' });
}

function expiredError(codeHash: string | undefined): AppError {
  if (codeHash !== undefined) return new AppError('CODE_EXPIRED');
  return new AppError('CONFLICT', { detail: 'The invitation has expired.' });
}

/** Otherwise a member who was removed could come back by an invitation to another mailbox of theirs. */
async function checkSender(tx: Transaction, { senderId, siteId, role }: Invitation): Promise<void> {
  const sender = await tx.accounts.find(senderId);
  const { roles } = await tx.roles.find(senderId);
  if (!sender?.active || !mayGive(roles, siteId, role)) {
    throw new AppError('CONFLICT', {
      detail: 'The sender of the invitation may no longer give this role: ask for a new invitation.',
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
