import type { Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId, SiteId } from '../../kernel/ids.ts';
import { siteRole } from './site-role.ts';

interface Leaving {
  readonly siteId: SiteId;
  readonly leaving: AccountId;
  /** Whether the account keeps other roles on the site. */
  readonly stays: boolean;
}

/**
 * Throws CONFLICT when the account is the site's only active admin and the site would keep members; otherwise
 * locks the admins until the transaction ends.
 */
export async function keepASiteAdmin(tx: Transaction, input: Leaving): Promise<void> {
  if (await isNeededAsAdmin(tx, input)) {
    throw new AppError('CONFLICT', {
      detail: 'A site with members needs at least one admin.',
    });
  }
}

/**
 * Whether the account is the site's only active admin while the site would keep members. Locks the admins,
 * like `keepASiteAdmin`.
 */
export async function isNeededAsAdmin(
  tx: Transaction,
  { siteId, leaving, stays }: Leaving,
): Promise<boolean> {
  const admins = await tx.roles.lockHolders(siteRole(siteId, 'admin'));
  if (!admins.includes(leaving) || admins.length > 1) return false;
  return stays || (await tx.sites.hasOthers(siteId, leaving));
}
