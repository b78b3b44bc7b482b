import type { Context } from '../kernel/context.ts';
import { AppError } from '../kernel/errors.ts';
import type { AccountId } from '../kernel/ids.ts';
import { appendRolesChanged } from './append-roles-changed.ts';
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
 * INVALID_DATA, what `mayAssign` throws, and NOT_FOUND when there is no such account.
 */
export function grantRoles(ctx: Context, input: AssignRolesInput): Promise<AccountRoles> {
  const { accountId, by } = input;
  const roles = checkRoles(input.roles);
  return ctx.transaction(async (tx) => {
    if (by !== undefined) await mayAssign(tx, by, roles);
    if ((await tx.accounts.lock(accountId)) === undefined) throw new AppError('NOT_FOUND');
    const granted = await tx.roles.grant(accountId, roles, ctx.clock.now());
    const now = await tx.roles.find(accountId);
    if (granted.length > 0) await appendRolesChanged(ctx, tx, accountId);
    return now;
  });
}
