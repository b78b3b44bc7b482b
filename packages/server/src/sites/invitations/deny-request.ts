import { mailAccount } from '../../identity/email-settings/mail-account.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { invitationOf, type NamedInvitation } from './find-invitation.ts';
import type { Invitation } from './invitation.ts';
import { mayInvite } from './may-invite.ts';

/**
 * Does not let onto the site who asked, and tells them by mail. Throws NOT_IN_SITE_ROLE, NOT_FOUND, and CONFLICT when
 * there is nothing to decide any more.
 */
export function denyRequest(
  ctx: Context,
  { siteId, id, by }: NamedInvitation & { readonly by: AccountId },
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    await tx.sites.lock(siteId);
    const request = await invitationOf(tx, { siteId, id });
    await mayInvite(tx, by, siteId, 'user');
    const time = ctx.clock.now();
    const condition = { action: 'approve', aliveAt: time } as const;
    const denied = await tx.invitations.end(id, { status: 'denied', time }, condition);
    if (!denied || request.inviteeId === undefined) throw undecided();
    const values = { site: request.siteName };
    await mailAccount(ctx, tx, { kind: 'join-denied', accountId: request.inviteeId, values });
    return (await tx.invitations.find(id))!;
  });
}

/** What is answered to whoever decides upon what is not a request that waits. */
export function undecided(): AppError {
  return new AppError('CONFLICT', { detail: 'There is no request to decide upon any more.' });
}
