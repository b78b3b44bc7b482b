import { mailAccount } from '../../identity/email-settings/mail-account.ts';
import { holdsRole, siteRole } from '../../identity/roles/site-role.ts';
import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { given } from '../../kernel/given.ts';
import type { AccountId, SiteId } from '../../kernel/ids.ts';
import { checkJoinable } from './check-inviter.ts';
import { type Invitation, invitationLife } from './invitation.ts';
import { noteSend } from './note-send.ts';

/** The most managers and admins of a site that are told of a request. */
const maxTold = 20;

/**
 * Requests a role on a site for the caller. The site's managers and admins are told by mail, and decide.
 * Throws NOT_FOUND, TOO_MANY_REQUESTS, and CONFLICT when the account has the role, has a pending request, or
 * the site is not active.
 */
export function requestToJoin(
  ctx: Context,
  { siteId, by, role }: { readonly siteId: SiteId; readonly by: AccountId; readonly role: string },
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    const site = checkJoinable(await tx.sites.lock(siteId));
    const account = await tx.accounts.lock(by);
    if (account === undefined) throw new AppError('NOT_FOUND');
    const { roles } = await tx.roles.find(by);
    if (holdsRole(roles, siteId, role)) {
      throw new AppError('CONFLICT', { detail: 'The account already has this role on the site.' });
    }
    const now = ctx.clock.now();
    if (
      (await tx.invitations.findAsked(siteId, by, ctx.clock.holding(invitationLife.approve))) !== undefined
    ) {
      throw new AppError('CONFLICT', { detail: 'The account already has a pending request.' });
    }
    await noteSend(ctx, tx, { kind: 'ask', siteId, senderId: by, subject: by });
    const settings = await tx.emailSettings.find(by);
    const id = ctx.ids.invitationId();
    const expireTime = now + invitationLife.approve;
    await tx.invitations.insert({
      id,
      action: 'approve',
      status: 'pending',
      siteId,
      role,
      createTime: now,
      creatorId: by,
      senderId: by,
      inviteeId: by,
      inviteeName: account.name,
      // An address that is not verified could make the request look like another person's.
      ...given({ inviteeEmail: settings?.verified ? settings.email : undefined }),
      sentTime: now,
      expireTime,
    });
    await tellManagers(ctx, tx, siteId, { site: site.name, by: account.name, role }, expireTime);
    return (await tx.invitations.find(id))!;
  });
}

async function tellManagers(
  ctx: Context,
  tx: Transaction,
  siteId: SiteId,
  values: Readonly<Record<string, string>>,
  expireTime: number,
): Promise<void> {
  const roles = [siteRole(siteId, 'admin'), siteRole(siteId, 'manager')];
  for (const accountId of await tx.roles.listHolders(roles, maxTold)) {
    await mailAccount(ctx, tx, { kind: 'join-request', accountId, values, expireTime });
  }
}
