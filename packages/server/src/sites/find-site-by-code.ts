import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { codeKeyOf, type Site } from './site.ts';

/** What a site shows to somebody who knows its code. */
export type FoundSite = Pick<Site, 'id' | 'code' | 'name'>;

/**
 * Finds a site by its code, case-insensitive, with as much as is needed to recognise it and ask to join.
 * Throws INVALID_DATA and NOT_FOUND.
 */
export async function findSiteByCode(ctx: Context, code: string): Promise<FoundSite> {
  const site = await ctx.read.sites.findByCode(codeKeyOf(code));
  if (site === undefined) throw new AppError('NOT_FOUND');
  return { id: site.id, code: site.code, name: site.name };
}
