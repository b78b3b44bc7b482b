import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { codeKeyOf, type Site } from './site.ts';

/** What a site shows to whoever knows its code. */
export type FoundSite = Pick<Site, 'id' | 'code' | 'name'>;

/** The site that has the code, in any case: enough of it to recognise it and ask to join. Throws INVALID_DATA and NOT_FOUND. */
export async function findSiteByCode(ctx: Context, code: string): Promise<FoundSite> {
  const site = await ctx.read.sites.findByCode(codeKeyOf(code));
  if (site === undefined) throw new AppError('NOT_FOUND');
  return { id: site.id, code: site.code, name: site.name };
}
