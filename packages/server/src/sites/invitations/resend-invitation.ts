import type { Context } from '../../kernel/context.ts';
import { emailKeyOf } from '../../kernel/email-address.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { checkInviter, checkJoinable } from './check-inviter.ts';
import { type NamedInvitation, readInvitation } from './find-invitation.ts';
import { type Invitation, invitationLife } from './invitation.ts';
import { mailInvitation } from './mail-invitation.ts';
import { noteSend } from './note-send.ts';

/**
 * Sends an invitation again, even an expired one, with a new code that voids the older one; the caller is
 * responsible for it from now on. Throws NOT_IN_SITE_ROLE for a role above the caller's own, NOT_FOUND,
 * TOO_MANY_REQUESTS, and CONFLICT when the invitation is not pending or the site is not active.
 */
export function resendInvitation(
  ctx: Context,
  { siteId, id, by }: NamedInvitation & { readonly by: AccountId },
): Promise<Invitation> {
  const code = ctx.codes.newLongCode();
  return ctx.transaction(async (tx) => {
    const site = await tx.sites.lock(siteId);
    const invitation = await readInvitation(tx, { siteId, id });
    const { role, inviteeName, inviteeEmail: email } = invitation;
    await checkInviter(tx, by, siteId, role);
    const { name: siteName } = checkJoinable(site);
    const sender = await tx.accounts.lock(by);
    if (sender === undefined) throw new AppError('NOT_FOUND');
    if (invitation.action !== 'activate' || invitation.status !== 'pending' || email === undefined) {
      throw new AppError('CONFLICT', { detail: 'This is not a pending invitation.' });
    }
    await noteSend(ctx, tx, { kind: 'invite', siteId, senderId: by, subject: emailKeyOf(email) });
    const now = ctx.clock.now();
    const sent = { sentTime: now, expireTime: now + invitationLife.activate };
    await tx.invitations.renew(id, {
      role,
      inviteeName,
      senderId: by,
      ...sent,
      codeHash: ctx.codes.hash(code),
    });
    await mailInvitation(ctx, tx, { invitation: { ...invitation, ...sent }, siteName, email, sender, code });
    return (await tx.invitations.find(id))!;
  });
}
