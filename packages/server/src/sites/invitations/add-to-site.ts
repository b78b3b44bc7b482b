import { newEmail } from '../../identity/email-settings/email-settings.ts';
import { mailAccount } from '../../identity/email-settings/mail-account.ts';
import { holdsRole, withRole } from '../../identity/roles/site-role.ts';
import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError, invalidField } from '../../kernel/errors.ts';
import type { AccountId, SiteId } from '../../kernel/ids.ts';
import { emailKeyOf } from '../../kernel/text.ts';
import { giveSiteRoles } from '../give-site-roles.ts';
import type { Invitation } from './invitation.ts';
import { lockAccounts } from './lock-accounts.ts';
import { joinable, mayInvite } from './may-invite.ts';
import { noteSend } from './note-send.ts';

export interface AddToSiteInput {
  readonly siteId: SiteId;
  readonly by: AccountId;
  /** A name without the site's id. */
  readonly role: string;
  /** Whom: exactly one of the two, and where accounts are hidden the id. */
  readonly inviteeId?: AccountId;
  readonly email?: string;
}

/**
 * Puts somebody who has an account on the site at once, and tells them by mail, where there is an address. An address
 * names the account whose mailbox has proven it. Throws INVALID_DATA, NOT_IN_SITE_ROLE for a role above the caller's
 * own, NOT_FOUND for no site and no active account, CONFLICT when the account has the role, when several have the
 * address, when the site is not active, and as `giveSiteRoles` does, and TOO_MANY_REQUESTS.
 */
export function addToSite(ctx: Context, input: AddToSiteInput): Promise<Invitation> {
  const { siteId, by, role } = input;
  const email = checked(ctx, input);
  return ctx.transaction(async (tx) => {
    const site = await tx.sites.lock(siteId);
    await mayInvite(tx, by, siteId, role);
    const { name: siteName } = joinable(site);
    const accountId = input.inviteeId ?? (await ownerOf(tx, emailKeyOf(email!)));
    const accounts = await lockAccounts(tx, [by, accountId]);
    const [sender, account] = [accounts.get(by), accounts.get(accountId)];
    if (sender === undefined || !account?.active) throw noAccount();
    const { roles } = await tx.roles.find(accountId);
    if (holdsRole(roles, siteId, role)) {
      throw new AppError('CONFLICT', { detail: 'The account has this role on the site.' });
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
      ...(email !== undefined && { inviteeEmail: email }),
      ...(mailed && { sentTime: now }),
    });
    const invitation = (await tx.invitations.find(id))!;
    await giveSiteRoles(ctx, tx, { siteId, accountId, roles: withRole(roles, siteId, role) });
    return invitation;
  });
}

function checked({ policy }: Context, { email, inviteeId }: AddToSiteInput): string | undefined {
  if ((email === undefined) === (inviteeId === undefined)) {
    throw invalidField('invitee_id', 'must be given, or invitee_email, but not both');
  }
  if (email !== undefined && policy.hideAccounts) {
    throw invalidField('invitee_email', 'names nobody where accounts are hidden: invite the address instead');
  }
  return email === undefined ? undefined : newEmail(email, 'invitee_email');
}

async function ownerOf(tx: Transaction, emailKey: string): Promise<AccountId> {
  const owners = (await tx.emailSettings.listByEmail(emailKey)).filter(({ verified }) => verified);
  if (owners.length > 1) {
    throw new AppError('CONFLICT', { detail: 'Several accounts have this address: name one by invitee_id.' });
  }
  if (owners[0] === undefined) throw noAccount();
  return owners[0].accountId;
}

function noAccount(): AppError {
  return new AppError('NOT_FOUND', { detail: 'There is no such account.' });
}
