import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { checkInviter } from './check-inviter.ts';
import { type NamedInvitation, readInvitation } from './find-invitation.ts';
import type { Invitation } from './invitation.ts';

/**
 * Withdraws an invitation or a request to join, and voids its code. The site's managers may do so, and a
 * request's author. Throws NOT_IN_SITE_ROLE, NOT_FOUND, and CONFLICT when it is no longer pending.
 */
export function withdrawInvitation(
  ctx: Context,
  { siteId, id, by }: NamedInvitation & { readonly by: AccountId },
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    await tx.sites.lock(siteId);
    const present = await tx.invitations.find(id);
    const own = present?.siteId === siteId && present.action === 'approve' && present.inviteeId === by;
    if (!own) await checkInviter(tx, by, siteId, 'user');
    await readInvitation(tx, { siteId, id });
    const time = ctx.clock.now();
    if (!(await tx.invitations.end(id, { status: 'withdrawn', time }))) {
      throw new AppError('CONFLICT', { detail: 'The invitation is no longer pending.' });
    }
    return (await tx.invitations.find(id))!;
  });
}
