import { mailAccount } from '../../identity/email-settings/mail-account.ts';
import { withRole } from '../../identity/roles/site-role.ts';
import type { Context } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { giveSiteRoles } from '../give-site-roles.ts';
import { checkInviter, checkJoinable } from './check-inviter.ts';
import { noPendingRequestError } from './deny-request.ts';
import { type NamedInvitation, readInvitation } from './find-invitation.ts';
import { type Invitation, invitationLife } from './invitation.ts';

export interface ApproveRequestInput extends NamedInvitation {
  readonly by: AccountId;
  /** The requested role by default. */
  readonly role?: string;
}

/**
 * Approves a request to join and tells the requester by mail. Throws NOT_IN_SITE_ROLE for a role above the
 * caller's own, NOT_FOUND, and CONFLICT when the request is no longer pending, when the site is not active,
 * and where `giveSiteRoles` throws it.
 */
export function approveRequest(ctx: Context, input: ApproveRequestInput): Promise<Invitation> {
  const { siteId, id, by } = input;
  return ctx.transaction(async (tx) => {
    const site = await tx.sites.lock(siteId);
    const request = await readInvitation(tx, { siteId, id });
    const role = input.role ?? request.role;
    await checkInviter(tx, by, siteId, role);
    const { name } = checkJoinable(site);
    const accountId = request.inviteeId;
    const account = accountId && (await tx.accounts.lock(accountId));
    const time = ctx.clock.now();
    const condition = { action: 'approve', alive: ctx.clock.holding(invitationLife.approve) } as const;
    if (!account || !(await tx.invitations.end(id, { status: 'approved', time, role }, condition))) {
      throw noPendingRequestError();
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
