import { mailAccount } from '../../identity/email-settings/mail-account.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { checkInviter } from './check-inviter.ts';
import { type NamedInvitation, readInvitation } from './find-invitation.ts';
import { type Invitation, invitationLife } from './invitation.ts';

/**
 * Denies a request to join and tells the requester by mail. Throws NOT_IN_SITE_ROLE, NOT_FOUND, and CONFLICT
 * when the request is no longer pending.
 */
export function denyRequest(
  ctx: Context,
  { siteId, id, by }: NamedInvitation & { readonly by: AccountId },
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    await tx.sites.lock(siteId);
    const request = await readInvitation(tx, { siteId, id });
    await checkInviter(tx, by, siteId, 'user');
    const time = ctx.clock.now();
    const condition = { action: 'approve', alive: ctx.clock.holding(invitationLife.approve) } as const;
    const denied = await tx.invitations.end(id, { status: 'denied', time }, condition);
    if (!denied || request.inviteeId === undefined) throw noPendingRequestError();
    const values = { site: request.siteName };
    await mailAccount(ctx, tx, { kind: 'join-denied', accountId: request.inviteeId, values });
    return (await tx.invitations.find(id))!;
  });
}

/** The error for a decision on anything but a pending request. */
export function noPendingRequestError(): AppError {
  return new AppError('CONFLICT', { detail: 'This is not a pending request.' });
}
