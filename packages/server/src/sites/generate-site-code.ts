import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { SiteId } from '../kernel/ids.ts';
import { codeKeyOf, codeLength, type Site } from './site.ts';

/** A code has 40 random bits, so even a second try is rare. */
const maxTries = 8;

/** Gives the site a new random code that no other site has; the old code becomes free. Throws NOT_FOUND. */
export function generateSiteCode(ctx: Context, siteId: SiteId): Promise<Site> {
  return ctx.transaction(async (tx) => {
    const present = await tx.sites.lock(siteId);
    if (present === undefined) throw new AppError('NOT_FOUND');
    for (let i = 0; i < maxTries; i++) {
      const site = { ...present, code: ctx.ids.code(codeLength) };
      if (!(await tx.sites.giveCode(siteId, codeKeyOf(site.code)))) continue;
      await tx.sites.update(site);
      return site;
    }
    throw new AppError('UNAVAILABLE', {
      retryAfter: 1,
      cause: new Error('every code that was tried belongs to a site'),
    });
  });
}
