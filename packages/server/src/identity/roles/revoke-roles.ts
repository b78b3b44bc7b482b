import type { Context } from '../../kernel/context.ts';
import { assignRoles } from './assign-roles.ts';
import type { AssignRolesInput } from './grant-roles.ts';
import { mayAssign } from './may-assign.ts';
import { type AccountRoles, checkRoles } from './role.ts';

/**
 * Takes roles from the account; it is without them from the next request on, and its older tokens become stale.
 * Throws INVALID_DATA, and what `mayAssign` and `assignRoles` throw.
 */
export function revokeRoles(ctx: Context, input: AssignRolesInput): Promise<AccountRoles> {
  const { accountId, by } = input;
  const roles = checkRoles(input.roles);
  return ctx.transaction(async (tx) => {
    if (by !== undefined) await mayAssign(tx, by, roles);
    const wanted = (present: readonly string[]) => present.filter((role) => !roles.includes(role));
    return (await assignRoles(ctx, tx, { accountId, wanted })).now;
  });
}
