import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { emailKeyOf } from '../../kernel/text.ts';
import { invitationOf, type NamedInvitation } from './find-invitation.ts';
import { type Invitation, invitationLife } from './invitation.ts';
import { mailInvitation } from './mail-invitation.ts';
import { joinable, mayInvite } from './may-invite.ts';
import { noteSend } from './note-send.ts';

/**
 * Sends an invitation again, an expired one too, with a new code that voids the older one; the caller answers for it
 * from now on. Throws NOT_IN_SITE_ROLE for a role above the caller's own, NOT_FOUND, CONFLICT when nobody waits for it
 * or the site is not active, and TOO_MANY_REQUESTS.
 */
export function resendInvitation(
  ctx: Context,
  { siteId, id, by }: NamedInvitation & { readonly by: AccountId },
): Promise<Invitation> {
  const code = ctx.codes.newLongCode();
  return ctx.transaction(async (tx) => {
    const site = await tx.sites.lock(siteId);
    const invitation = await invitationOf(tx, { siteId, id });
    const { role, inviteeName, inviteeEmail: email } = invitation;
    await mayInvite(tx, by, siteId, role);
    const { name: siteName } = joinable(site);
    const sender = await tx.accounts.lock(by);
    if (sender === undefined) throw new AppError('NOT_FOUND');
    if (invitation.action !== 'activate' || invitation.status !== 'pending' || email === undefined) {
      throw new AppError('CONFLICT', { detail: 'Nobody is waited for to take this up.' });
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
