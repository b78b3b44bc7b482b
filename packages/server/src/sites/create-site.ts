import { siteRole } from '../identity/roles/site-role.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { giveSiteRoles } from './give-site-roles.ts';
import { codeKeyOf, codeTaken, newSite, type Site, type SiteChanges } from './site.ts';

export interface CreateSiteInput {
  readonly creatorId: AccountId;
  readonly fields: SiteChanges & { readonly name: string };
}

/**
 * Makes a site whose creator is its admin, all or nothing. Throws INVALID_DATA, NOT_FOUND when there is no such
 * account, and CONFLICT when another site has the code or the account can have no more roles.
 */
export function createSite(ctx: Context, { creatorId, fields }: CreateSiteInput): Promise<Site> {
  const site = newSite({ id: ctx.ids.siteId(), createTime: ctx.clock.now(), creatorId }, fields);
  return ctx.transaction(async (tx) => {
    // First: a row that refers to an account that is not held holds it half, and two of those wait for each other.
    if ((await tx.accounts.lock(creatorId)) === undefined) throw new AppError('NOT_FOUND');
    if (!(await tx.sites.insert(site))) throw new AppError('CONFLICT');
    if (site.code !== undefined && !(await tx.sites.giveCode(site.id, codeKeyOf(site.code)))) {
      throw codeTaken();
    }
    await giveSiteRoles(ctx, tx, {
      siteId: site.id,
      accountId: creatorId,
      roles: [siteRole(site.id, 'admin')],
    });
    return site;
  });
}
