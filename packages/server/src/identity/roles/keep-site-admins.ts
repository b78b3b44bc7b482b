import type { Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { type AccountId, parseSiteId, type SiteId } from '../../kernel/ids.ts';
import { isNeededAsAdmin } from './keep-a-site-admin.ts';
import { adminRole, siteOf } from './role.ts';
import { siteRole } from './site-role.ts';

/**
 * Throws CONFLICT, naming the sites, when sites would keep members but no admin without the account;
 * otherwise locks these sites until the transaction ends. Call it before locking the account.
 */
export async function keepSiteAdmins(tx: Transaction, leaving: AccountId): Promise<void> {
  const { roles } = await tx.roles.find(leaving);
  const names: string[] = [];
  for (const role of roles) {
    const siteId = adminSiteOf(role);
    const site = siteId && (await tx.sites.lock(siteId));
    if (site && (await isNeededAsAdmin(tx, { siteId: site.id, leaving, stays: false })))
      names.push(site.name);
  }
  if (names.length > 0) {
    throw new AppError('CONFLICT', {
      detail: `These sites have members and would have no admin: ${names.sort().join(', ')}.`,
    });
  }
}

/** The site that the role makes an admin of. */
function adminSiteOf(role: string): SiteId | undefined {
  const siteId = parseSiteId(siteOf(role) ?? '');
  return siteId && role === siteRole(siteId, adminRole) ? siteId : undefined;
}
