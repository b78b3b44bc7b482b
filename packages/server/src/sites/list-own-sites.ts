import { type Role, siteOf } from '../identity/roles/role.ts';
import type { Context } from '../kernel/context.ts';
import { parseSiteId, type SiteId } from '../kernel/ids.ts';
import type { Page, PageRequest } from '../kernel/pages.ts';
import type { Site, SiteFilter } from './site.ts';

export interface ListOwnSitesInput {
  /** The account's, as they are now. */
  readonly roles: readonly Role[];
  readonly filter: Omit<SiteFilter, 'ids'>;
  readonly page: PageRequest;
}

/** The sites on which somebody has any of the roles, newest first. */
export function listOwnSites(ctx: Context, input: ListOwnSitesInput): Promise<Page<Site>> {
  const ids = new Set<SiteId>();
  for (const role of input.roles) {
    const id = parseSiteId(siteOf(role) ?? '');
    if (id !== undefined) ids.add(id);
  }
  return ctx.read.sites.list({ ...input.filter, ids: [...ids] }, input.page);
}
