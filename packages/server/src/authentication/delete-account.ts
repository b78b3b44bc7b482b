import { tombstoneOf } from '../identity/accounts/account.ts';
import { keepAnAdmin } from '../identity/roles/keep-an-admin.ts';
import { keepSiteAdmins } from '../identity/roles/keep-site-admins.ts';
import { adminRole } from '../identity/roles/role.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import { emailKeyOf } from '../kernel/email-address.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { cutOffAccount } from '../sessions/end-sessions.ts';
import { requireFresh } from '../sessions/require-fresh.ts';
import type { Session } from '../sessions/session.ts';

/**
 * Deletes an account for good: closes its sessions and removes all personal data. The id stays, marked as
 * deleted; the login becomes free. Throws NOT_FOUND, REAUTH_REQUIRED without a recent proof of presence, and
 * CONFLICT when no admin would remain, or when a site would have members but no admin, unless a global admin
 * deletes it, who can name another. Returns how many sessions were closed.
 */
export function deleteAccount(
  ctx: Context,
  input: {
    readonly accountId: AccountId;
    /** The caller's session. The command line has none, and is taken for a global admin. */
    readonly session?: Session;
  },
): Promise<number> {
  const { accountId, session } = input;
  return ctx.transaction(async (tx) => {
    if (session !== undefined) {
      await requireFresh(ctx, tx, session);
      const { roles } = await tx.roles.find(session.accountId);
      if (!roles.includes(adminRole)) await keepSiteAdmins(tx, accountId);
    }
    await keepAnAdmin(tx, accountId);
    const account = await tx.accounts.lock(accountId);
    if (account === undefined) throw new AppError('NOT_FOUND');
    await erasePerson(ctx, tx, accountId);
    const left = tombstoneOf(account);
    await tx.accounts.erase(left.account, left.loginKey);
    const { ended } = await cutOffAccount(ctx, tx, accountId, 'account-deleted');
    return ended.length;
  });
}

async function erasePerson(ctx: Context, tx: Transaction, accountId: AccountId): Promise<void> {
  const address = await tx.emailSettings.find(accountId);
  const proven = [address?.provenEmail, address?.verified ? address.email : undefined];
  const keys = proven.filter((email) => email !== undefined).map(emailKeyOf);
  await tx.invitations.removeOfAccount(accountId, keys);
  const { roles } = await tx.roles.find(accountId);
  await tx.roles.revoke(accountId, roles, ctx.clock.now());
  await tx.passwords.remove(accountId);
  await tx.emailSettings.remove(accountId);
  await tx.settings.remove(accountId);
  await tx.codes.remove(accountId);
  await tx.mails.removeOf(accountId);
  await tx.sessions.forgetDevices(accountId);
}
