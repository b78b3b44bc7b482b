import type { Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { adminRole, type Role, siteOf } from './role.ts';

/**
 * Checks that an account may give and take the roles, by its roles at this moment: an admin may assign any,
 * the admin of a site those on the site. Throws NOT_IN_ROLE for a global role, NOT_IN_SITE_ROLE for one on a
 * site.
 */
export async function checkAssigner(tx: Transaction, by: AccountId, roles: readonly Role[]): Promise<void> {
  const { roles: own } = await tx.roles.find(by);
  if (own.includes(adminRole)) return;
  for (const role of roles) {
    const site = siteOf(role);
    if (site === undefined) throw new AppError('NOT_IN_ROLE');
    if (!own.includes(`${site}:${adminRole}`)) throw new AppError('NOT_IN_SITE_ROLE');
  }
}
