import type { Account } from '../identity/accounts/account.ts';
import { assignRoles } from '../identity/roles/assign-roles.ts';
import { type AccountRoles, type Role, siteOf } from '../identity/roles/role.ts';
import { nameOf, rolesOn } from '../identity/roles/site-role.ts';
import type { Context, Transaction } from '../kernel/context.ts';
import type { AccountId, SiteId } from '../kernel/ids.ts';
import type { SiteUser } from './site.ts';

export interface GiveSiteRolesInput {
  readonly siteId: SiteId;
  readonly accountId: AccountId;
  /** All of them on this site. */
  readonly roles: readonly Role[];
  /** Throws when the account is not on the site what the caller takes it for. */
  readonly check?: (present: SiteUser) => void;
}

/**
 * Replaces an account's roles on a site that the transaction has locked; with none it is no longer on the
 * site. They apply from the next request on, and its older tokens become stale. Call it as the transaction's
 * last step. Returns the account as it was on the site before, and as it is now. Throws what `assignRoles`
 * throws.
 */
export async function giveSiteRoles(
  ctx: Context,
  tx: Transaction,
  { siteId, accountId, roles, check }: GiveSiteRolesInput,
): Promise<{ readonly before: SiteUser; readonly now: SiteUser }> {
  const wanted = (present: readonly Role[]) => [
    ...present.filter((role) => siteOf(role) !== siteId),
    ...roles,
  ];
  const siteUser = ({ id, login, name }: Account, all: AccountRoles) => {
    return { id, login, name, roles: rolesOn(all.roles, siteId).map(nameOf) };
  };
  const { account, before, now } = await assignRoles(ctx, tx, {
    accountId,
    wanted,
    lockedSite: siteId,
    check: (present, of) => check?.(siteUser(of, present)),
  });
  return { before: siteUser(account, before), now: siteUser(account, now) };
}
