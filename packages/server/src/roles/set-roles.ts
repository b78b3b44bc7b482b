import type { Context } from '../kernel/context.ts';
import type { AccountId } from '../kernel/ids.ts';
import { assignRoles } from './assign-roles.ts';
import { type AccountRoles, checkRoles } from './role.ts';

/**
 * Gives the account these roles and no others; it has them from the next request on, and its older tokens become
 * stale. Throws INVALID_DATA, and what `assignRoles` throws.
 */
export function setRoles(
  ctx: Context,
  input: { readonly accountId: AccountId; readonly roles: readonly string[] },
): Promise<AccountRoles> {
  const { accountId } = input;
  const roles = checkRoles(input.roles);
  return ctx.transaction(async (tx) => (await assignRoles(ctx, tx, { accountId, wanted: () => roles })).now);
}
