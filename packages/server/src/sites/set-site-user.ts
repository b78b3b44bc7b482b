import { mayAssign } from '../identity/roles/may-assign.ts';
import { checkRoles } from '../identity/roles/role.ts';
import { siteRole } from '../identity/roles/site-role.ts';
import type { Context } from '../kernel/context.ts';
import { AppError, invalidField } from '../kernel/errors.ts';
import type { AccountId, SiteId } from '../kernel/ids.ts';
import { giveSiteRoles } from './give-site-roles.ts';
import type { SiteUser } from './site.ts';

export interface SetSiteUserInput {
  readonly siteId: SiteId;
  readonly accountId: AccountId;
  /** Who does it: checked again by the roles that they have now. */
  readonly by: AccountId;
  /** Names without the site's id; none takes the account off the site. */
  readonly roles: readonly string[];
}

/**
 * Puts an account on a site with exactly these roles. Throws INVALID_DATA, NOT_IN_SITE_ROLE, NOT_FOUND when there is no such site or
 * account, and CONFLICT as `giveSiteRoles` does.
 */
export function setSiteUser(ctx: Context, input: SetSiteUserInput): Promise<SiteUser> {
  const { siteId, accountId, by } = input;
  input.roles.forEach((name, i) => {
    if (name.includes(':')) throw invalidField(`roles.${i}`, 'must be the name of a role, without a site');
  });
  const roles = checkRoles(input.roles).map((name) => siteRole(siteId, name));
  return ctx.transaction(async (tx) => {
    if ((await tx.sites.lock(siteId)) === undefined) throw new AppError('NOT_FOUND');
    await mayAssign(tx, by, [siteRole(siteId, 'admin')]);
    return (await giveSiteRoles(ctx, tx, { siteId, accountId, roles })).now;
  });
}
