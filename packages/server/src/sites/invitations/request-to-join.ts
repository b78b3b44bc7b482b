import { mailAccount } from '../../identity/email-settings/mail-account.ts';
import { holdsRole, siteRole } from '../../identity/roles/site-role.ts';
import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId, SiteId } from '../../kernel/ids.ts';
import { type Invitation, invitationLife } from './invitation.ts';
import { joinable } from './may-invite.ts';
import { noteSend } from './note-send.ts';

/** So many of a site's managers and admins are told of a request. */
const mostTold = 20;

/**
 * Asks for somebody to be let onto a site in a role: its managers and admins decide, and are told by mail. Throws
 * NOT_FOUND, CONFLICT when they are there already, have asked already, or the site is not active, and
 * TOO_MANY_REQUESTS.
 */
export function requestToJoin(
  ctx: Context,
  { siteId, by, role }: { readonly siteId: SiteId; readonly by: AccountId; readonly role: string },
): Promise<Invitation> {
  return ctx.transaction(async (tx) => {
    const site = joinable(await tx.sites.lock(siteId));
    const account = await tx.accounts.lock(by);
    if (account === undefined) throw new AppError('NOT_FOUND');
    const { roles } = await tx.roles.find(by);
    if (holdsRole(roles, siteId, role)) {
      throw new AppError('CONFLICT', { detail: 'The account has this role on the site.' });
    }
    const now = ctx.clock.now();
    if ((await tx.invitations.findAsked(siteId, by, now)) !== undefined) {
      throw new AppError('CONFLICT', { detail: 'The account has asked already.' });
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
      // An address that nobody has proven would say that somebody else asks.
      ...(settings?.verified && { inviteeEmail: settings.email }),
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
  for (const accountId of await tx.roles.listHolders(roles, mostTold)) {
    await mailAccount(ctx, tx, { kind: 'join-request', accountId, values, expireTime });
  }
}
