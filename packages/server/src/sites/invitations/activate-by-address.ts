import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId, InvitationId } from '../../kernel/ids.ts';
import { emailKeyOf } from '../../kernel/text.ts';
import type { Invitation } from './invitation.ts';
import { takeUpInvitation } from './take-up-invitation.ts';

/**
 * Takes up an invitation to the account's own address, which its mailbox has proven. Throws NOT_FOUND, NOT_OWNER for
 * any other account, and what `takeUpInvitation` throws.
 */
export function activateByAddress(
  ctx: Context,
  { id, accountId }: { readonly id: InvitationId; readonly accountId: AccountId },
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    const invitation = await tx.invitations.find(id);
    if (invitation === undefined) throw new AppError('NOT_FOUND');
    await tx.sites.lock(invitation.siteId);
    await tx.accounts.lock(accountId);
    const settings = await tx.emailSettings.find(accountId);
    const { inviteeEmail } = invitation;
    const own = settings?.verified && emailKeyOf(settings.email) === emailKeyOf(inviteeEmail ?? '');
    if (!own) {
      throw new AppError('NOT_OWNER', {
        detail: 'The invitation is to another address than the one that this account has proven.',
      });
    }
    return takeUpInvitation(ctx, tx, { invitation, accountId });
  });
}
