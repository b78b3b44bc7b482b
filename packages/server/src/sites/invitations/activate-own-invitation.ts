import type { Context } from '../../kernel/context.ts';
import { emailKeyOf } from '../../kernel/email-address.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId, InvitationId } from '../../kernel/ids.ts';
import { acceptInvitation } from './accept-invitation.ts';
import type { Invitation } from './invitation.ts';

/**
 * Accepts an invitation to the account's own verified address. Throws NOT_OWNER for any other account, and alike where
 * there is no such invitation, and what `acceptInvitation` throws.
 */
export function activateOwnInvitation(
  ctx: Context,
  { id, accountId }: { readonly id: InvitationId; readonly accountId: AccountId },
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    const invitation = await tx.invitations.find(id);
    if (invitation !== undefined) await tx.sites.lock(invitation.siteId);
    await tx.accounts.lock(accountId);
    const settings = await tx.emailSettings.find(accountId);
    const address = invitation?.inviteeEmail;
    const own =
      settings?.verified && address !== undefined && emailKeyOf(settings.email) === emailKeyOf(address);
    if (invitation === undefined || !own) {
      throw new AppError('NOT_OWNER', {
        detail: 'There is no invitation by that id to an address that this account has verified.',
      });
    }
    return acceptInvitation(ctx, tx, { invitation, accountId });
  });
}
