import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { SiteId } from '../kernel/ids.ts';
import { appendEntries } from '../log/append-entries.ts';
import type { Site } from './site.ts';

/**
 * Deletes a site: nobody has a role on it any more, tokens that tell of one become stale, its code is free, and its
 * invitations are gone. Its row stays, for the id. Throws NOT_FOUND.
 */
export function deleteSite(ctx: Context, siteId: SiteId): Promise<Site> {
  return ctx.transaction(async (tx) => {
    const present = await tx.sites.lock(siteId);
    if (present === undefined) throw new AppError('NOT_FOUND');
    const site = { ...present, code: undefined, active: false, deleted: true };
    await tx.sites.giveCode(siteId, undefined);
    await tx.sites.update(site);
    await tx.invitations.removeOfSite(siteId);
    await tx.sites.removeUsers(siteId, ctx.clock.now());
    await appendEntries(ctx, tx, [{ subject: { site: siteId }, action: 'refresh', reason: 'site-deleted' }]);
    return site;
  });
}
