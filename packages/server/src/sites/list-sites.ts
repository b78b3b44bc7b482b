import type { Context } from '../kernel/context.ts';
import type { Page, PageRequest } from '../kernel/pages.ts';
import type { Site, SiteFilter } from './site.ts';

/** Lists sites, newest first; deleted ones only when the filter has their ids. */
export function listSites(
  ctx: Context,
  input: { readonly filter: SiteFilter; readonly page: PageRequest },
): Promise<Page<Site>> {
  const { filter, page } = input;
  return ctx.read.sites.list({ ...filter, deleted: filter.ids !== undefined }, page);
}
