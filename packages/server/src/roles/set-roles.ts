import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { appendRolesChanged } from './append-roles-changed.ts';
import { keepAnAdmin } from './keep-an-admin.ts';
import { type AccountRoles, adminRole, checkRoles } from './role.ts';

/**
 * Gives the account these roles and no others; it has them from the next request on, and its older tokens become
 * stale. Throws INVALID_DATA, NOT_FOUND when there is no such account, CONFLICT when no admin would remain.
 */
export function setRoles(
  ctx: Context,
  input: { readonly accountId: AccountId; readonly roles: readonly string[] },
): Promise<AccountRoles> {
  const { accountId } = input;
  const roles = checkRoles(input.roles);
  return ctx.transaction(async (tx) => {
    if (!roles.includes(adminRole)) await keepAnAdmin(tx, accountId);
    if ((await tx.accounts.lock(accountId)) === undefined) throw new AppError('NOT_FOUND');
    const before = await tx.roles.find(accountId);
    const time = ctx.clock.now();
    const others = before.roles.filter((role) => !roles.includes(role));
    const revoked = await tx.roles.revoke(accountId, others, time);
    const granted = await tx.roles.grant(accountId, roles, time);
    if (revoked.length + granted.length === 0) return before;
    const now = await tx.roles.find(accountId);
    await appendRolesChanged(ctx, tx, accountId);
    return now;
  });
}
