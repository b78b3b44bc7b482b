import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { SiteId } from '../kernel/ids.ts';
import { appendEntries } from '../log/append-entries.ts';
import { changedSite, codeKeyOf, codeTaken, type Site, type SiteChanges } from './site.ts';

export interface UpdateSiteInput {
  readonly siteId: SiteId;
  readonly changes: SiteChanges;
  readonly active?: boolean;
  /** Whether the caller is a global admin: only they say whether a site is active. */
  readonly admin: boolean;
}

/**
 * Changes a site. Its members' sessions show a new name from now on, and their older tokens become stale. Throws
 * INVALID_DATA, NOT_FOUND, NOT_IN_ROLE, and CONFLICT when another site has the code.
 */
export function updateSite(ctx: Context, input: UpdateSiteInput): Promise<Site> {
  const { siteId, changes, active, admin } = input;
  if (active !== undefined && !admin) throw new AppError('NOT_IN_ROLE');
  return ctx.transaction(async (tx) => {
    const present = await tx.sites.lock(siteId);
    if (present === undefined) throw new AppError('NOT_FOUND');
    const site = { ...changedSite(present, changes), ...(active !== undefined && { active }) };
    if (site.code !== present.code) {
      const key = site.code === undefined ? undefined : codeKeyOf(site.code);
      if (!(await tx.sites.giveCode(siteId, key))) throw codeTaken();
    }
    await tx.sites.update(site);
    if (site.name !== present.name) {
      await appendEntries(ctx, tx, [
        { subject: { site: siteId }, action: 'refresh', reason: 'site-changed' },
      ]);
    }
    return site;
  });
}
