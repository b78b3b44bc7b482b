import { mailAccount } from '../../identity/email-settings/mail-account.ts';
import { withRole } from '../../identity/roles/site-role.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { giveSiteRoles } from '../give-site-roles.ts';
import { undecided } from './deny-request.ts';
import { invitationOf, type NamedInvitation } from './find-invitation.ts';
import type { Invitation } from './invitation.ts';
import { joinable, mayInvite } from './may-invite.ts';

export interface ApproveRequestInput extends NamedInvitation {
  readonly by: AccountId;
  /** The role that was asked for unless told. */
  readonly role?: string;
}

/**
 * Lets onto the site who asked, and tells them by mail. Throws NOT_IN_SITE_ROLE for a role above the caller's own,
 * NOT_FOUND, and CONFLICT when there is nothing to decide any more, when the site is not active, and as
 * `giveSiteRoles` does.
 */
export function approveRequest(ctx: Context, input: ApproveRequestInput): Promise<Invitation> {
  const { siteId, id, by } = input;
  return ctx.transaction(async (tx) => {
    const site = await tx.sites.lock(siteId);
    const request = await invitationOf(tx, { siteId, id });
    const role = input.role ?? request.role;
    await mayInvite(tx, by, siteId, role);
    const { name } = joinable(site);
    const accountId = request.inviteeId;
    const account = accountId && (await tx.accounts.lock(accountId));
    const time = ctx.clock.now();
    const condition = { action: 'approve', aliveAt: time } as const;
    if (!account || !(await tx.invitations.end(id, { status: 'approved', time, role }, condition))) {
      throw undecided();
    }
    await mailAccount(ctx, tx, {
      kind: 'join-approved',
      accountId: account.id,
      values: { site: name, role },
    });
    const result = await tx.invitations.find(id);
    if (result === undefined) throw new AppError('NOT_FOUND');
    const { roles } = await tx.roles.find(account.id);
    await giveSiteRoles(ctx, tx, { siteId, accountId: account.id, roles: withRole(roles, siteId, role) });
    return result;
  });
}
