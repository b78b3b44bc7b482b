import { mayGive } from '../../identity/roles/site-role.ts';
import type { Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId, SiteId } from '../../kernel/ids.ts';
import type { Site } from '../site.ts';

/**
 * Checks that an account may bring people to the site in the role, by its roles at this moment. Throws
 * NOT_IN_SITE_ROLE.
 */
export async function checkInviter(
  tx: Transaction,
  by: AccountId,
  siteId: SiteId,
  role: string,
): Promise<void> {
  const { roles } = await tx.roles.find(by);
  if (!mayGive(roles, siteId, role)) throw new AppError('NOT_IN_SITE_ROLE');
}

/** Checks that people can join the site. Throws NOT_FOUND, and CONFLICT when it is not active. */
export function checkJoinable(site: Site | undefined): Site {
  if (site === undefined) throw new AppError('NOT_FOUND');
  if (!site.active) throw new AppError('CONFLICT', { detail: 'The site is not active.' });
  return site;
}
