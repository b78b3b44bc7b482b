import { siteRole } from '../identity/roles/site-role.ts';
import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { giveSiteRoles } from './give-site-roles.ts';
import { codeKeyOf, codeTakenError, newSite, type Site, type SiteChanges } from './site.ts';

export interface CreateSiteInput {
  readonly creatorId: AccountId;
  readonly fields: SiteChanges & { readonly name: string };
}

/**
 * Creates a site with its creator as admin, in one transaction. Throws INVALID_DATA, NOT_FOUND when there is
 * no such account, and CONFLICT when another site has the code or the account's roles do not fit in a token.
 */
export function createSite(ctx: Context, { creatorId, fields }: CreateSiteInput): Promise<Site> {
  const site = newSite({ id: ctx.ids.siteId(), createTime: ctx.clock.now(), creatorId }, fields);
  return ctx.transaction(async (tx) => {
    // This lock comes first: a row that refers to an account takes a shared lock on it, and two transactions
    // with one each would wait for each other.
    if ((await tx.accounts.lock(creatorId)) === undefined) throw new AppError('NOT_FOUND');
    if (!(await tx.sites.insert(site))) throw new AppError('CONFLICT');
    if (site.code !== undefined && !(await tx.sites.giveCode(site.id, codeKeyOf(site.code)))) {
      throw codeTakenError();
    }
    await giveSiteRoles(ctx, tx, {
      siteId: site.id,
      accountId: creatorId,
      roles: [siteRole(site.id, 'admin')],
    });
    return site;
  });
}
