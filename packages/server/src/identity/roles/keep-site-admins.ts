import type { Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { type AccountId, parseSiteId, type SiteId } from '../../kernel/ids.ts';
import { isNeeded } from './keep-a-site-admin.ts';
import { adminRole, siteOf } from './role.ts';
import { siteRole } from './site-role.ts';

/**
 * Throws CONFLICT, which names the sites, when the account goes and members of sites would remain there without an
 * admin; else holds these sites until the transaction ends. Call it before the account is held.
 */
export async function keepSiteAdmins(tx: Transaction, leaving: AccountId): Promise<void> {
  const { roles } = await tx.roles.find(leaving);
  const names: string[] = [];
  for (const role of roles) {
    const siteId = adminOf(role);
    const site = siteId && (await tx.sites.lock(siteId));
    if (site && (await isNeeded(tx, { siteId: site.id, leaving, stays: false }))) names.push(site.name);
  }
  if (names.length > 0) {
    throw new AppError('CONFLICT', {
      detail: `At least one admin must remain with the members of: ${names.sort().join(', ')}.`,
    });
  }
}

/** The site that the role makes an admin of. */
function adminOf(role: string): SiteId | undefined {
  const siteId = parseSiteId(siteOf(role) ?? '');
  return siteId && role === siteRole(siteId, adminRole) ? siteId : undefined;
}
