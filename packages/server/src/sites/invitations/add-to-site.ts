import { mailAccount } from '../../identity/email-settings/mail-account.ts';
import { holdsRole, withRole } from '../../identity/roles/site-role.ts';
import type { Context, Transaction } from '../../kernel/context.ts';
import { checkEmail, emailKeyOf } from '../../kernel/email-address.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import { given } from '../../kernel/given.ts';
import type { AccountId, SiteId } from '../../kernel/ids.ts';
import { giveSiteRoles } from '../give-site-roles.ts';
import { checkInviter, checkJoinable } from './check-inviter.ts';
import type { Invitation } from './invitation.ts';
import { lockAccounts } from './lock-accounts.ts';
import { noteSend } from './note-send.ts';

export interface AddToSiteInput {
  readonly siteId: SiteId;
  readonly by: AccountId;
  /** A role's name, without the site's id. */
  readonly role: string;
  /** Exactly one of the two; where accounts are hidden, the id. */
  readonly inviteeId?: AccountId;
  readonly email?: string;
}

/**
 * Adds an account to the site at once, and tells its owner by mail if it has an address. `email` names the
 * account that has verified it. Throws INVALID_DATA, NOT_IN_SITE_ROLE for a role above the caller's own,
 * NOT_FOUND when there is no such site or no active account, TOO_MANY_REQUESTS, and CONFLICT when the account
 * has the role, when several have the address, when the site is not active, and where `giveSiteRoles` throws
 * it.
 */
export function addToSite(ctx: Context, input: AddToSiteInput): Promise<Invitation> {
  const { siteId, by, role } = input;
  const email = checkInvitee(ctx, input);
  return ctx.transaction(async (tx) => {
    const site = await tx.sites.lock(siteId);
    await checkInviter(tx, by, siteId, role);
    const { name: siteName } = checkJoinable(site);
    const accountId = input.inviteeId ?? (await findOwner(tx, emailKeyOf(email!)));
    const accounts = await lockAccounts(tx, [by, accountId]);
    const [sender, account] = [accounts.get(by), accounts.get(accountId)];
    if (sender === undefined || !account?.active) throw noAccountError();
    const { roles } = await tx.roles.find(accountId);
    if (holdsRole(roles, siteId, role)) {
      throw new AppError('CONFLICT', { detail: 'The account already has this role on the site.' });
    }
    await noteSend(ctx, tx, { kind: 'invite', siteId, senderId: by, subject: accountId });
    const values = { site: siteName, by: sender.name, role };
    const mailed = await mailAccount(ctx, tx, { kind: 'added-to-site', accountId, values });
    const now = ctx.clock.now();
    const id = ctx.ids.invitationId();
    await tx.invitations.insert({
      id,
      action: 'notify',
      status: 'notified',
      siteId,
      role,
      createTime: now,
      creatorId: by,
      senderId: by,
      inviteeId: accountId,
      inviteeName: account.name,
      ...given({ inviteeEmail: email, sentTime: mailed ? now : undefined }),
    });
    const invitation = (await tx.invitations.find(id))!;
    await giveSiteRoles(ctx, tx, { siteId, accountId, roles: withRole(roles, siteId, role) });
    return invitation;
  });
}

function checkInvitee({ policy }: Context, { email, inviteeId }: AddToSiteInput): string | undefined {
  if ((email === undefined) === (inviteeId === undefined)) {
    throw invalidField('invitee_id', 'is required, unless invitee_email is given instead');
  }
  if (email !== undefined && policy.hideAccounts) {
    throw invalidField(
      'invitee_email',
      'cannot name an account while accounts are hidden: invite the address instead',
    );
  }
  return email === undefined ? undefined : checkEmail(email, 'invitee_email');
}

async function findOwner(tx: Transaction, emailKey: string): Promise<AccountId> {
  const owners = (await tx.emailSettings.listByEmail(emailKey)).filter(({ verified }) => verified);
  if (owners.length > 1) {
    throw new AppError('CONFLICT', { detail: 'Several accounts have this address: name one by invitee_id.' });
  }
  if (owners[0] === undefined) throw noAccountError();
  return owners[0].accountId;
}

function noAccountError(): AppError {
  return new AppError('NOT_FOUND', { detail: 'There is no such account.' });
}
