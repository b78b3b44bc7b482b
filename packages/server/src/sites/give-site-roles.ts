import { assignRoles } from '../identity/roles/assign-roles.ts';
import { type Role, siteOf } from '../identity/roles/role.ts';
import { nameOf, rolesOn } from '../identity/roles/site-role.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import type { AccountId, SiteId } from '../kernel/ids.ts';
import type { SiteUser } from './site.ts';

export interface GiveSiteRolesInput {
  readonly siteId: SiteId;
  readonly accountId: AccountId;
  /** All of them on this site. */
  readonly roles: readonly Role[];
}

/**
 * Gives an account exactly these roles on a site that the transaction holds; with none it is no longer on the site.
 * The account has them from the next request on, and its older tokens become stale. Call it as the transaction's last
 * step. Returns the account as it was on the site before, and as it is now. Throws what `assignRoles` throws.
 */
export async function giveSiteRoles(
  ctx: Context,
  tx: Transaction,
  { siteId, accountId, roles }: GiveSiteRolesInput,
): Promise<{ readonly before: SiteUser; readonly now: SiteUser }> {
  const wanted = (present: readonly Role[]) => [
    ...present.filter((role) => siteOf(role) !== siteId),
    ...roles,
  ];
  const { account, before, now } = await assignRoles(ctx, tx, { accountId, wanted, held: siteId });
  const { id, login, name } = account;
  const shown = (all: readonly Role[]) => ({ id, login, name, roles: rolesOn(all, siteId).map(nameOf) });
  return { before: shown(before.roles), now: shown(now.roles) };
}
