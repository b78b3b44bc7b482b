import type { Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId, SiteId } from '../../kernel/ids.ts';
import { siteRole } from './site-role.ts';

interface Leaving {
  readonly siteId: SiteId;
  readonly leaving: AccountId;
  /** Whether the account keeps other roles there. */
  readonly stays: boolean;
}

/**
 * Throws CONFLICT when the account is the site's only active admin and somebody would remain on the site without one;
 * else holds the admins until the transaction ends.
 */
export async function keepASiteAdmin(tx: Transaction, input: Leaving): Promise<void> {
  if (await isNeeded(tx, input)) {
    throw new AppError('CONFLICT', {
      detail: 'At least one admin of the site must remain with its members.',
    });
  }
}

/** Whether the account is the site's only active admin, and others are there. Holds the admins, as `keepASiteAdmin`. */
export async function isNeeded(tx: Transaction, { siteId, leaving, stays }: Leaving): Promise<boolean> {
  const admins = await tx.roles.lockHolders(siteRole(siteId, 'admin'));
  if (!admins.includes(leaving) || admins.length > 1) return false;
  return stays || (await tx.sites.hasOthers(siteId, leaving));
}
