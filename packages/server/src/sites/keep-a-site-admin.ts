import type { Transaction } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId, SiteId } from '../kernel/ids.ts';
import { siteRole } from './site-role.ts';

/**
 * Throws CONFLICT when the account is the site's only active admin and somebody would remain on the site without one;
 * else holds the admins until the transaction ends. `stays` is whether the account keeps other roles there.
 */
export async function keepASiteAdmin(
  tx: Transaction,
  input: { readonly siteId: SiteId; readonly leaving: AccountId; readonly stays: boolean },
): Promise<void> {
  const { siteId, leaving, stays } = input;
  const admins = await tx.roles.lockHolders(siteRole(siteId, 'admin'));
  if (!admins.includes(leaving) || admins.length > 1) return;
  if (stays || (await tx.sites.hasOthers(siteId, leaving))) {
    throw new AppError('CONFLICT', {
      detail: 'At least one admin of the site must remain with its members.',
    });
  }
}
