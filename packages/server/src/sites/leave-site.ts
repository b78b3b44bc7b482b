import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId, SiteId } from '../kernel/ids.ts';
import { giveSiteRoles } from './give-site-roles.ts';

/**
 * Removes all of an account's roles on the site, if it has any. Throws NOT_FOUND when there is no such site,
 * CONFLICT when it is the last admin and other members remain.
 */
export async function leaveSite(
  ctx: Context,
  { siteId, accountId }: { readonly siteId: SiteId; readonly accountId: AccountId },
): Promise<void> {
  await ctx.transaction(async (tx) => {
    if ((await tx.sites.lock(siteId)) === undefined) throw new AppError('NOT_FOUND');
    await giveSiteRoles(ctx, tx, { siteId, accountId, roles: [] });
  });
}
