import type { Context } from '../kernel/context.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { AccountRoles } from './role.ts';

/** The account's roles; none for an account that does not exist. */
export function findRoles(ctx: Context, accountId: AccountId): Promise<AccountRoles> {
  return ctx.read.roles.find(accountId);
}
