import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import { appendRolesChanged } from './append-roles-changed.ts';
import type { AssignRolesInput } from './grant-roles.ts';
import { keepAnAdmin } from './keep-an-admin.ts';
import { mayAssign } from './may-assign.ts';
import { type AccountRoles, adminRole, checkRoles } from './role.ts';

/**
 * Takes roles from the account; it is without them from the next request on, and its older tokens become stale.
 * Throws INVALID_DATA, what `mayAssign` throws, NOT_FOUND when there is no such account, CONFLICT when no admin would
 * remain.
 */
export function revokeRoles(ctx: Context, input: AssignRolesInput): Promise<AccountRoles> {
  const { accountId, by } = input;
  const roles = checkRoles(input.roles);
  return ctx.transaction(async (tx) => {
    if (by !== undefined) await mayAssign(tx, by, roles);
    if (roles.includes(adminRole)) await keepAnAdmin(tx, accountId);
    if ((await tx.accounts.lock(accountId)) === undefined) throw new AppError('NOT_FOUND');
    const revoked = await tx.roles.revoke(accountId, roles, ctx.clock.now());
    const now = await tx.roles.find(accountId);
    if (revoked.length > 0) await appendRolesChanged(ctx, tx, accountId);
    return now;
  });
}
