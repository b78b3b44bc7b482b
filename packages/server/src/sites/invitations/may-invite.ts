import { mayGive } from '../../identity/roles/site-role.ts';
import type { Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId, SiteId } from '../../kernel/ids.ts';
import type { Site } from '../site.ts';

/** Refuses whoever may not bring somebody to the site in that role, by the roles that they have now. Throws NOT_IN_SITE_ROLE. */
export async function mayInvite(tx: Transaction, by: AccountId, siteId: SiteId, role: string): Promise<void> {
  const { roles } = await tx.roles.find(by);
  if (!mayGive(roles, siteId, role)) throw new AppError('NOT_IN_SITE_ROLE');
}

/** Lets a site through that people can join. Throws NOT_FOUND, and CONFLICT for one that is not active. */
export function joinable(site: Site | undefined): Site {
  if (site === undefined) throw new AppError('NOT_FOUND');
  if (!site.active) throw new AppError('CONFLICT', { detail: 'The site is not active.' });
  return site;
}
