import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { SiteId } from '../kernel/ids.ts';
import type { Site } from './site.ts';

/** Finds a site. Throws NOT_FOUND. */
export async function findSite(ctx: Context, id: SiteId): Promise<Site> {
  const site = await ctx.read.sites.find(id);
  if (site === undefined) throw new AppError('NOT_FOUND');
  return site;
}
