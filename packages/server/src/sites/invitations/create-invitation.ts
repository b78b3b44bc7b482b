import type { Context } from '../../kernel/context.ts';
import { checkEmail, emailKeyOf } from '../../kernel/email-address.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId, SiteId } from '../../kernel/ids.ts';
import { checkText } from '../../kernel/text.ts';
import { checkInviter, checkJoinable } from './check-inviter.ts';
import { type Invitation, invitationLife } from './invitation.ts';
import { mailInvitation } from './mail-invitation.ts';
import { noteSend } from './note-send.ts';

export interface CreateInvitationInput {
  readonly siteId: SiteId;
  readonly by: AccountId;
  /** A role's name, without the site's id. */
  readonly role: string;
  readonly email: string;
  readonly name?: string;
}

/**
 * Invites a person to the site by a code that is mailed to the address. A pending invitation to the same
 * address is replaced, with the new role. Throws INVALID_DATA, NOT_IN_SITE_ROLE for a role above the caller's
 * own, NOT_FOUND, CONFLICT when the site is not active, and TOO_MANY_REQUESTS.
 */
export function createInvitation(ctx: Context, input: CreateInvitationInput): Promise<Invitation> {
  const { siteId, by, role } = input;
  const email = checkEmail(input.email, 'invitee_email');
  const name = input.name === undefined ? '' : checkText('invitee_name', input.name, 128);
  const code = ctx.codes.newLongCode();
  return ctx.transaction(async (tx) => {
    const site = await tx.sites.lock(siteId);
    await checkInviter(tx, by, siteId, role);
    const { name: siteName } = checkJoinable(site);
    const sender = await tx.accounts.lock(by);
    if (sender === undefined) throw new AppError('NOT_FOUND');
    const emailKey = emailKeyOf(email);
    await noteSend(ctx, tx, { kind: 'invite', siteId, senderId: by, subject: emailKey });
    const now = ctx.clock.now();
    const sent = {
      role,
      senderId: by,
      inviteeName: name,
      sentTime: now,
      expireTime: now + invitationLife.activate,
      codeHash: ctx.codes.hash(code),
    };
    const before = await tx.invitations.findSent(siteId, emailKey);
    const id = before?.id ?? ctx.ids.invitationId();
    const to = before?.inviteeEmail ?? email;
    if (before !== undefined) await tx.invitations.renew(id, sent);
    else {
      const fixed = { action: 'activate', status: 'pending', siteId, creatorId: by } as const;
      await tx.invitations.insert({ ...fixed, ...sent, id, createTime: now, inviteeEmail: email });
    }
    await mailInvitation(ctx, tx, { invitation: { ...sent, id }, siteName, email: to, sender, code });
    return (await tx.invitations.find(id))!;
  });
}
