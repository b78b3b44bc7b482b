import type { Context, Transaction } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId, SiteId } from '../kernel/ids.ts';
import { appendRolesChanged } from '../roles/append-roles-changed.ts';
import type { Role } from '../roles/role.ts';
import { keepASiteAdmin } from './keep-a-site-admin.ts';
import type { SiteUser } from './site.ts';
import { nameOf, rolesOn, siteRole } from './site-role.ts';

/** Characters of all of an account's roles: a token with more would be too long for verifiers. */
const maxRolesLength = 2000;

export interface GiveSiteRolesInput {
  readonly siteId: SiteId;
  readonly accountId: AccountId;
  /** All of them on this site. */
  readonly roles: readonly Role[];
}

/**
 * Gives an account exactly these roles on a site that the transaction holds; with none it is no longer on the site.
 * The account has them from the next request on, and its older tokens become stale. Call it as the transaction's last
 * step. Returns the account as it was on the site before, and as it is now. Throws NOT_FOUND when there is no such
 * account, CONFLICT when members would remain without an admin, or the account's roles would be too many for a token.
 */
export async function giveSiteRoles(
  ctx: Context,
  tx: Transaction,
  { siteId, accountId, roles }: GiveSiteRolesInput,
): Promise<{ readonly before: SiteUser; readonly now: SiteUser }> {
  const account = await tx.accounts.lock(accountId);
  if (account === undefined) throw new AppError('NOT_FOUND');
  const all = (await tx.roles.find(accountId)).roles;
  const present = rolesOn(all, siteId);
  const gone = present.filter((role) => !roles.includes(role));
  const added = roles.filter((role) => !present.includes(role));
  if (gone.includes(siteRole(siteId, 'admin'))) {
    await keepASiteAdmin(tx, { siteId, leaving: accountId, stays: roles.length > 0 });
  }
  if (added.length > 0) checkRoom([...all.filter((role) => !gone.includes(role)), ...added]);
  const time = ctx.clock.now();
  await tx.roles.revoke(accountId, gone, time);
  await tx.roles.grant(accountId, added, time);
  if (gone.length + added.length > 0) {
    await appendRolesChanged(ctx, tx, accountId);
  }
  const { id, login, name } = account;
  return {
    before: { id, login, name, roles: present.map(nameOf) },
    now: { id, login, name, roles: roles.map(nameOf).sort() },
  };
}

function checkRoom(roles: readonly Role[]): void {
  if (roles.join().length > maxRolesLength) {
    throw new AppError('CONFLICT', { detail: 'The account has as many roles as a token can carry.' });
  }
}
