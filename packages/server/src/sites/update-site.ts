import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { given } from '../kernel/given.ts';
import type { SiteId } from '../kernel/ids.ts';
import { appendEntries } from '../log/append-entries.ts';
import { applySiteChanges, codeKeyOf, codeTakenError, type Site, type SiteChanges } from './site.ts';

export interface UpdateSiteInput {
  readonly siteId: SiteId;
  readonly changes: SiteChanges;
  readonly active?: boolean;
  /** Whether the caller is a global admin: only they may change `active`. */
  readonly admin: boolean;
  /** Throws when the site is not what the caller takes it for. */
  readonly check?: (present: Site) => void;
}

/**
 * Changes a site. Its members' sessions show a new name at once, and their older tokens become stale. Throws
 * INVALID_DATA, NOT_FOUND, NOT_IN_ROLE, and CONFLICT when another site has the code.
 */
export function updateSite(ctx: Context, input: UpdateSiteInput): Promise<Site> {
  const { siteId, changes, active, admin } = input;
  return ctx.transaction(async (tx) => {
    const present = await tx.sites.lock(siteId);
    if (present === undefined) throw new AppError('NOT_FOUND');
    if (active !== undefined && active !== present.active && !admin) throw new AppError('NOT_IN_ROLE');
    input.check?.(present);
    const site = { ...applySiteChanges(present, changes), ...given({ active }) };
    if (site.code !== present.code) {
      const key = site.code === undefined ? undefined : codeKeyOf(site.code);
      if (!(await tx.sites.giveCode(siteId, key))) throw codeTakenError();
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
