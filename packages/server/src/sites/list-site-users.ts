import type { Context } from '../kernel/context.ts';
import type { SiteId } from '../kernel/ids.ts';
import type { Page, PageRequest } from '../kernel/pages.ts';
import { findSite } from './find-site.ts';
import type { SiteUser } from './site.ts';

export interface ListSiteUsersInput {
  readonly siteId: SiteId;
  readonly filter: { readonly search?: string };
  readonly page: PageRequest;
}

/** Lists the site's users and their roles on it. Throws NOT_FOUND. */
export async function listSiteUsers(ctx: Context, input: ListSiteUsersInput): Promise<Page<SiteUser>> {
  await findSite(ctx, input.siteId);
  return ctx.read.sites.listUsers(input.siteId, input.filter, input.page);
}
