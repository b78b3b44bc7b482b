import { mayAssign } from '../identity/roles/may-assign.ts';
import { siteRole } from '../identity/roles/site-role.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { giveSiteRoles } from './give-site-roles.ts';
import type { SetSiteUserInput } from './set-site-user.ts';
import type { SiteUser } from './site.ts';

/**
 * Takes all of an account's roles on the site, and returns it as it was there. Throws NOT_IN_SITE_ROLE, NOT_FOUND when there is no
 * such site or it had no role there, and CONFLICT when members would remain without an admin.
 */
export function removeSiteUser(
  ctx: Context,
  { siteId, accountId, by }: Omit<SetSiteUserInput, 'roles'>,
): Promise<SiteUser> {
  return ctx.transaction(async (tx) => {
    if ((await tx.sites.lock(siteId)) === undefined) throw new AppError('NOT_FOUND');
    await mayAssign(tx, by, [siteRole(siteId, 'admin')]);
    const { before } = await giveSiteRoles(ctx, tx, { siteId, accountId, roles: [] });
    if (before.roles.length === 0) throw new AppError('NOT_FOUND');
    return before;
  });
}
