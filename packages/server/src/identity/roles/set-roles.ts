import type { Context, Transaction } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import type { AccountId } from '../../kernel/ids.ts';
import { assignRoles } from './assign-roles.ts';
import type { AssignRolesInput } from './grant-roles.ts';
import { mayAssign } from './may-assign.ts';
import { type AccountRoles, adminRole, checkRoles, type Role, siteOf } from './role.ts';

/**
 * Gives the account these roles and no others; it has them from the next request on, and its older tokens become
 * stale. Whoever is the admin of sites alone names roles on those, and what the account has elsewhere stays. Throws
 * INVALID_DATA, NOT_IN_ROLE for the admin of nothing, and what `mayAssign` and `assignRoles` throw.
 */
export function setRoles(ctx: Context, input: AssignRolesInput): Promise<AccountRoles> {
  const { accountId, by } = input;
  const roles = checkRoles(input.roles);
  return ctx.transaction(async (tx) => {
    const isTheirs = by === undefined ? () => true : await reachOf(tx, by);
    if (by !== undefined) await mayAssign(tx, by, roles);
    const wanted = (present: readonly Role[]) =>
      checkRoles([...present.filter((role) => !isTheirs(role)), ...roles]);
    return (await assignRoles(ctx, tx, { accountId, wanted })).now;
  });
}

/** Which roles are the caller's to give and take. */
async function reachOf(tx: Transaction, by: AccountId): Promise<(role: Role) => boolean> {
  const { roles: held } = await tx.roles.find(by);
  if (held.includes(adminRole)) return () => true;
  if (!held.some((role) => role.endsWith(`:${adminRole}`))) throw new AppError('NOT_IN_ROLE');
  return (role) => held.includes(`${siteOf(role)}:${adminRole}`);
}
