import type { Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { adminRole, type Role, siteOf } from './role.ts';

/**
 * Refuses whoever may not give or take the roles, by the roles that they have now: an admin may all, the admin of a
 * site those of the site, of which none is above their own. Throws NOT_IN_ROLE for global ones and NOT_IN_SITE_ROLE.
 */
export async function mayAssign(tx: Transaction, by: AccountId, roles: readonly Role[]): Promise<void> {
  const { roles: held } = await tx.roles.find(by);
  if (held.includes(adminRole)) return;
  for (const role of roles) {
    const site = siteOf(role);
    if (site === undefined) throw new AppError('NOT_IN_ROLE');
    if (!held.includes(`${site}:${adminRole}`)) throw new AppError('NOT_IN_SITE_ROLE');
  }
}
