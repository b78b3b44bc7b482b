import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { invitationOf, type NamedInvitation } from './find-invitation.ts';
import type { Invitation } from './invitation.ts';
import { mayInvite } from './may-invite.ts';

/**
 * Takes back an invitation, for the site's managers, or a request to join, for whoever asked as well: its code is void.
 * Throws NOT_IN_SITE_ROLE, NOT_FOUND, and CONFLICT when there is nothing to take back any more.
 */
export function withdrawInvitation(
  ctx: Context,
  { siteId, id, by }: NamedInvitation & { readonly by: AccountId },
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    await tx.sites.lock(siteId);
    const present = await tx.invitations.find(id);
    const own = present?.siteId === siteId && present.action === 'approve' && present.inviteeId === by;
    if (!own) await mayInvite(tx, by, siteId, 'user');
    await invitationOf(tx, { siteId, id });
    const time = ctx.clock.now();
    if (!(await tx.invitations.end(id, { status: 'withdrawn', time }))) {
      throw new AppError('CONFLICT', { detail: 'There is nothing to take back any more.' });
    }
    return (await tx.invitations.find(id))!;
  });
}
