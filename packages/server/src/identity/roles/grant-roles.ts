import type { Context } from '../../kernel/context.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { assignRoles } from './assign-roles.ts';
import { mayAssign } from './may-assign.ts';
import { type AccountRoles, checkRoles } from './role.ts';

export interface AssignRolesInput {
  readonly accountId: AccountId;
  readonly roles: readonly string[];
  /** Whose right it is judged by; absent on the command line. */
  readonly by?: AccountId;
}

/**
 * Gives the account roles; it has them from the next request on, and its older tokens become stale. Throws
 * INVALID_DATA, and what `mayAssign` and `assignRoles` throw.
 */
export function grantRoles(ctx: Context, input: AssignRolesInput): Promise<AccountRoles> {
  const { accountId, by } = input;
  const roles = checkRoles(input.roles);
  return ctx.transaction(async (tx) => {
    if (by !== undefined) await mayAssign(tx, by, roles);
    const wanted = (present: readonly string[]) => checkRoles([...present, ...roles]);
    return (await assignRoles(ctx, tx, { accountId, wanted })).now;
  });
}
